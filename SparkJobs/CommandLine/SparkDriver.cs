using BatchScoring.Core;
using BatchScoring.Spark;
using BatchScoring.SparkJobs.Submit;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>This program as a Spark driver.</summary>
internal static class SparkDriver
{
    private const string S3A = "fs.s3a.";

    public static SparkSession Start(Settings settings)
    {
        try
        {
            return SparkSession.Builder()
                // As DuckDB: names differ by case, and a value that does not fit is an error and not a null.
                .Config("spark.sql.caseSensitive", true)
                .Config("spark.sql.ansi.enabled", true)
                .GetOrCreate();
        }
        catch (SparkException e) when (e.Code == SparkCodes.GatewayMissing)
        {
            throw new BatchScoringException(SubmitErrors.EngineNotHere,
                $"--engine spark is for drivers that spark-submit started. Say: batch-score submit " +
                $"{(settings.Store.Root.Length > 0 ? $"--root {settings.Store.Root} " : "")}--master URL -- JOB …", inner: e);
        }
        catch (SparkException e)
        {
            throw new BatchScoringException(SubmitErrors.SparkUnreachable, $"Spark did not start: {e.Message}", inner: e);
        }
    }

    /// <summary>Where to look at the work, for whoever waits for it.</summary>
    public static string Introduction(SparkSession session) =>
        $"Spark {session.Version}: {session.SparkContext.ApplicationId}{(session.SparkContext.UiWebUrl is { } url ? $", {url}" : "")}";

    /// <summary>What the cluster was given for S3; null when it uses its instances' own rights.</summary>
    public static StoreCredentials? Credentials(SparkSession session)
    {
        return Text("access.key") is { } access && Text("secret.key") is { } secret
            ? new StoreCredentials { AccessKey = access, SecretKey = secret, SessionToken = Text("session.token") }
            : null;

        string? Text(string name) => session.SparkContext.HadoopConfiguration(S3A + name) is { Length: > 0 } value ? value : null;
    }
}
