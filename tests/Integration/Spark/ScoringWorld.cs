using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Integration.Story;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>
/// Real rows in four files, so in four splits, in a bucket behind a proxy that a test can stop at a request: what happens then happens in
/// the middle of a split for sure.
/// </summary>
internal sealed class ScoringWorld : IDisposable
{
    public const int Rows = 30_000;
    private const int Files = 4;
    private static readonly string Sample = $"test_sample/run_date={CreditCardStory.Date}/";
    private static readonly string Result = $"test_sample_inference/run_date={CreditCardStory.Date}/revision=1/";
    private static readonly string[] Job =
        ["score", "--date", CreditCardStory.Date, "--model", CreditCardStory.Model, "--key", "ID", "--unsealed", "--trust-keys"];

    /// <summary>The hash of what the embedded engine makes of the same rows.</summary>
    private static readonly Lazy<string> Expected = new(() =>
    {
        using var folder = new TemporaryFolder();
        Deliver(folder.File("bank", Sample));
        var story = new CreditCardStory(folder.File("bank"), folder.Path);
        story.Run(Job).ShouldExitWith(0);
        return (string)JsonNode.Parse(File.ReadAllText(folder.File("bank", Result, "_manifest.json")))!["content"]!;
    });

    private readonly TemporaryFolder _folder = new();
    private readonly SparkStory _story;
    private readonly string[] _flags;

    private ScoringWorld(SparkSite site, string[] flags)
    {
        var server = S3Server.Require();
        Proxy = new FaultProxy(server.Address);
        StoreOptions root = server.NewRoot(Proxy.Address);
        Store = ObjectStores.Open(root with { Endpoint = server.Address }, S3Server.Credentials);
        (_flags, _story) = (flags, new SparkStory(site, root, _folder.Path, server.Keys) { Flags = flags });
    }

    public FaultProxy Proxy { get; }

    /// <summary>True once an attempt has left its plan.</summary>
    public bool Planned => Store.ListAsync("artifacts/runs/", CancellationToken.None).ToBlockingEnumerable()
        .Any(found => found.Key.EndsWith("/plan.json", StringComparison.Ordinal));

    /// <summary>The bucket, past the proxy.</summary>
    public IObjectStore Store { get; }

    public static async Task<ScoringWorld> CreateAsync(SparkSite site, params string[] flags)
    {
        ScoringWorld world = new(site, flags);
        Deliver(world._folder.File("sample"));
        for (int i = 0; i < Files; i++)
            await world.Store.UploadAsync($"{Sample}{i}.parquet", world._folder.File("sample", $"{i}.parquet"), CancellationToken.None);
        return world;
    }

    public SubmittedJob StartScore() => _story.Start(Job);

    public async Task<ProgramResult> ScoreAsync()
    {
        using SubmittedJob job = StartScore();
        return await job.EndAsync();
    }

    /// <summary>Holds the first request for a file after the plan is made: a runner's, which then is in the middle of its split.</summary>
    public HeldRequest HoldRows(int file)
    {
        bool planned = false;
        return new HeldRequest(Proxy, request =>
        {
            if (request.Method == "PUT" && request.Path.EndsWith("/plan.json", StringComparison.Ordinal)) Volatile.Write(ref planned, true);
            return Volatile.Read(ref planned) && request.Method == "GET"
                && request.Path.EndsWith($"/{file}.parquet", StringComparison.Ordinal);
        });
    }

    /// <summary>Holds the driver's note that it begins to publish.</summary>
    public HeldRequest HoldPublishing() =>
        new(Proxy, request => request.Method == "PUT" && request.Path.EndsWith("/publishing", StringComparison.Ordinal));

    /// <summary>Every row once, with the score that the embedded engine gives it, and marked as finished.</summary>
    public async Task ShouldBeCompleteAsync()
    {
        JsonNode manifest = JsonNode.Parse((await Store.GetAsync(Result + "_manifest.json", CancellationToken.None))!)!;
        string[] keys = [.. (await KeysAsync(Result)).Where(key => key.EndsWith(".parquet", StringComparison.Ordinal))];
        ((string)manifest["content"]!).ShouldBe(Expected.Value);
        keys.Order().ShouldBe(manifest["parts"]!.AsArray().Select(part => (string)part!["key"]!).Order());
        (await Store.HeadAsync(Result + "_SUCCESS", CancellationToken.None)).ShouldNotBeNull();
        string parts = _folder.File("parts-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(parts);
        foreach (string key in keys) await Store.DownloadAsync(key, Path.Combine(parts, Path.GetFileName(key)), CancellationToken.None);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        using DuckResult rows = duck.Query(
            $"SELECT count(*), count(DISTINCT ID) FROM read_parquet({DuckSql.Literal(Path.Combine(parts, "*.parquet"))})");
        rows.Rows()[0].ShouldBe([(long)Rows, (long)Rows]);
    }

    /// <summary>Nobody can take anything for finished.</summary>
    public async Task ShouldBeUnpublishedAsync() => (await KeysAsync(Result)).ShouldBeEmpty();

    public async Task ShouldHaveNothingPendingAsync() => (await PendingAsync()).ShouldBeEmpty();

    public async Task<IReadOnlyList<string>> PendingAsync()
    {
        List<string> keys = [];
        await foreach (PendingUpload upload in Store.ListPendingAsync("", CancellationToken.None)) keys.Add(upload.Key);
        return keys;
    }

    /// <summary>
    /// Takes away what crashed attempts left, as <c>clean</c> does a week later. The clock is ahead because this server calls every upload
    /// as young as the question.
    /// </summary>
    public async Task CleanAsync() => await new PendingCleaner(Store, new ShiftedTime(TimeSpan.FromDays(8)))
        .CleanAsync(PendingCleaner.DefaultRetention, dryRun: false, CancellationToken.None);

    public void Dispose()
    {
        Store.Dispose();
        Proxy.Dispose();
        _folder.Dispose();
    }

    private async Task<IReadOnlyList<string>> KeysAsync(string prefix)
    {
        List<string> keys = [];
        await foreach (StoredObject found in Store.ListAsync(prefix, CancellationToken.None)) keys.Add(found.Key);
        return keys;
    }

    /// <summary>Writes the sample's files into a folder.</summary>
    public static void Deliver(string folder)
    {
        Directory.CreateDirectory(folder);
        using var database = DuckDatabase.Open();
        using DuckConnection duck = database.Connect();
        for (int i = 0; i < Files; i++)
        {
            duck.Execute($"COPY (SELECT * FROM read_csv({DuckSql.Literal(CreditCardStory.Table)}) WHERE ID % {Files} = {i} ORDER BY ID) "
                + $"TO {DuckSql.Literal(Path.Combine(folder, $"{i}.parquet"))} (FORMAT PARQUET)");
        }
    }
}
