using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>A store whose rights are those of a policy in s3-layout/, as a bucket with it would grant them.</summary>
public sealed class PolicyStore(IObjectStore inner, string policy) : StoreDecorator(inner)
{
    private readonly JsonNode _policy = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "s3-layout", policy)))!;

    public override IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation)
    {
        Require("s3:ListBucket", prefix);
        return base.ListAsync(prefix, cancellation);
    }

    public override Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation)
    {
        Require("s3:GetObject", key);
        return base.HeadAsync(key, cancellation);
    }

    public override Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        Require("s3:GetObject", key);
        return base.GetAsync(key, cancellation);
    }

    protected override Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
    {
        string[] words = what.Split(' ', 2);
        Require(words[0] == "delete" ? "s3:DeleteObject" : "s3:PutObject", words[1]);
        return base.WriteAsync(what, write);
    }

    private void Require(string action, string key)
    {
        if (!_policy["Statement"]!.AsArray().Any(statement => Grants(statement!, action, key)))
            throw new StoreException(StorageErrors.Denied, $"{policy} does not grant {action} on '{key}'.");
    }

    private static bool Grants(JsonNode statement, string action, string key)
    {
        if (!statement["Action"]!.AsArray().Any(one => (string)one! == action)) return false;
        string pattern = action == "s3:ListBucket"
            ? (string)statement["Condition"]!["StringLike"]!["s3:prefix"]![0]!
            : ((string)statement["Resource"]!)["arn:aws:s3:::BUCKET/".Length..];
        return Regex.IsMatch("PREFIX/" + key, $"^{Regex.Escape(pattern).Replace("\\*", ".*")}$", RegexOptions.None, TimeSpan.FromSeconds(1));
    }
}
