using System.Text;
using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>
/// A properties file that only this user can read: the one way by which S3 credentials reach Spark that neither <c>ps</c> nor the event
/// log shows. Goes when the command ends.
/// </summary>
internal sealed class SecretProperties : IDisposable
{
    private const string S3A = "spark.hadoop.fs.s3a.";

    private SecretProperties(string path) => Path = path;

    public string Path { get; }

    /// <param name="properties">What the user's file, or Spark's own defaults, say: spark-submit reads one file only.</param>
    /// <param name="store">Where the data lies.</param>
    /// <param name="credentials">How it is reached.</param>
    public static SecretProperties Write(string? properties, StoreOptions store, StoreCredentials credentials)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"batch-score-{Guid.NewGuid():N}.properties");
        using FileStream file = PrivateFile.Create(path);
        if (properties is not null) file.Write(File.ReadAllBytes(properties));
        var text = new StringBuilder("\n");
        foreach ((string name, string? value) in Lines(store, credentials))
            if (value is not null) text.Append(S3A).Append(name).Append('=').Append(Escaped(value)).Append('\n');
        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        return new SecretProperties(path);
    }

    public void Dispose() => File.Delete(Path);

    private static IEnumerable<(string Name, string? Value)> Lines(StoreOptions store, StoreCredentials credentials) =>
    [
        ("access.key", credentials.AccessKey),
        ("secret.key", credentials.SecretKey),
        ("session.token", credentials.SessionToken),
        ("aws.credentials.provider", credentials.SessionToken is null
            ? "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider"
            : "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider"),
        ("endpoint", store.Endpoint),
        ("endpoint.region", store.Region),
        ("path.style.access", store.PathStyle ? "true" : null),
        ("connection.ssl.enabled", store.Endpoint?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true ? "false" : null),
    ];

    /// <summary>Java's properties format: a backslash quotes.</summary>
    private static string Escaped(string value) => value.Replace("\\", "\\\\", StringComparison.Ordinal);
}
