using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>The credit card story, its jobs submitted to a Spark.</summary>
/// <param name="site">Where jobs run.</param>
/// <param name="store">The root.</param>
/// <param name="folder">Where commands start.</param>
/// <param name="credentials">For S3.</param>
internal sealed class SparkStory(SparkSite site, StoreOptions store, string folder, StoreCredentials? credentials = null)
{
    public const string Date = CreditCardStory.Date;

    /// <summary>What a command needs to find the data.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; } = Variables(store, credentials);

    /// <summary>More flags for every submission.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>The same root, by commands on this machine.</summary>
    public CreditCardStory Here => new(store.Root, folder, Environment);

    public ProgramResult Import() =>
        Submit("import", CreditCardStory.Table, "--key", "ID", "--label", "default.payment.next.month", "--like", CreditCardStory.Model,
        "--test-where", "ID % 5 = 0", "--sample-share", "1", "--first-date", Date);

    public ProgramResult Sample() => Submit("sample", "--date", Date);

    public ProgramResult Score(params string[] more) => Submit(["score", "--date", Date, "--model", CreditCardStory.Model, .. more]);

    public ProgramResult Evaluate() => Submit("evaluate", "--date", Date);

    public ProgramResult Submit(params IReadOnlyList<string> job)
    {
        using SubmittedJob submitted = Start(job);
        return submitted.EndAsync().GetAwaiter().GetResult();
    }

    public SubmittedJob Start(params IReadOnlyList<string> job) => new(site, folder, Environment, Flags, job);

    /// <summary>Each published dataset with the hash of its rows.</summary>
    public string[] Contents() => Contents(Here);

    public static string[] Contents(CreditCardStory story) =>
        [.. JsonNode.Parse(story.Run("list", "--format", "json").ShouldExitWith(0).Output)!["datasets"]!.AsArray()
            .Where(dataset => !((string)dataset!["folder"]!)
                .StartsWith("artifacts/", StringComparison.Ordinal)) // only one of the two is evaluated
            .Select(dataset => $"{dataset!["folder"]} {dataset["state"]} {dataset["content"]}")];

    private static Dictionary<string, string> Variables(StoreOptions store, StoreCredentials? credentials)
    {
        Dictionary<string, string> variables = new() { ["BATCHSCORING_ROOT"] = store.Root };
        if (store.Endpoint is { } endpoint) variables["BATCHSCORING_S3_ENDPOINT"] = endpoint;
        if (credentials is null) return variables;
        (variables["AWS_ACCESS_KEY_ID"], variables["AWS_SECRET_ACCESS_KEY"]) = (credentials.AccessKey, credentials.SecretKey);
        if (credentials.SessionToken is { } token) variables["AWS_SESSION_TOKEN"] = token;
        return variables;
    }
}
