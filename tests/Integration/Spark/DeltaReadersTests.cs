using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>
/// What Spark with Delta's own libraries reads by our log while a date is replaced and its publisher dies at every write, on a folder and
/// on S3: every answer is the old revision whole or the new one whole. All states are asked in one start of Spark.
/// </summary>
public sealed class DeltaReadersTests(ITestOutputHelper output) : IDisposable
{
    private const string Other = "run_date=2026-11-21/revision=1/", Replaced = "run_date=2026-11-22/revision=1/", Replacing = "run_date=2026-11-22/revision=2/";
    private static readonly string Golden = Repository.Data("delta", "test_sample_inference");

    private readonly TemporaryFolder _folder = new();
    private readonly List<(string Name, string Query, string[] Folders)> _states = [];

    [SkippableFact]
    public async Task Spark_AtEveryStateOfADay_SeesOneRevisionWhole()
    {
        using var spark = SparkLauncher.Require("3.5.8");
        var server = S3Server.Require();
        IReadOnlyList<string> jars = TestCluster.DeltaJars();
        foreach (bool afterwards in new[] { false, true })
            await DieEverywhereAsync(afterwards ? "folder, after write" : "folder, before write", afterwards, n => new StoreOptions { Root = _folder.File($"root-{afterwards}-{n}") });
        await DieEverywhereAsync("S3, before write", afterwards: false, _ => server.NewRoot());
        await AddOlderAsync();
        (string Name, string Query, string[] Folders) gone = await AddRetiredAsync();

        ReadersTable table = new();
        File.WriteAllLines(_folder.File("queries"),
            _states.Append(gone).Select(state => (state.Name, state.Query)).Concat(table.Questions()).Select(asked => $"{asked.Name}\t{asked.Query}"));
        Configure(spark.Configuration, server, jars);
        ProgramResult result = spark.Run(BuiltProgram.SparkProbe, _folder.Path, "delta");

        result.ShouldExitWith(0);
        Dictionary<string, string> seen = SparkProbeRun.Said(result.Output, "delta");
        foreach ((string name, _, string[] folders) in _states) seen[name].ShouldBe(RowsOf(folders), name);
        output.WriteLine(seen[gone.Name]);
        seen[gone.Name].ShouldStartWith("error: ");
        seen[gone.Name].ShouldContain("revision=1/part-");
        table.ShouldStandInTheDocs(seen);
        output.WriteLine($"{_states.Count} states, each right: {string.Join("; ", _states.Select(state => state.Name))}");
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>A date's revision 2 is published by a process that dies at its n-th write, for every n; then somebody recovers.</summary>
    private async Task DieEverywhereAsync(string name, bool afterwards, Func<int, StoreOptions> newRoot)
    {
        HashSet<string> shown = [];
        bool lived = false;
        for (int n = 1; !lived; n++)
        {
            n.ShouldBeLessThan(40);
            StoreOptions options = newRoot(n);
            using IObjectStore store = ObjectStores.Open(options, S3Server.Credentials);
            foreach (string folder in new[] { Other, Replaced }) await PublishAsync(store, folder);
            lived = await DiesAsync(() => PublishAsync(new DyingStore(store, n, afterwards), Replacing)) is false;
            bool brought = await store.HeadAsync(FolderLayout.DeltaLog + "00000000000000000002.json", default) is not null;
            bool isSealed = await store.HeadAsync(FolderLayout.Inferences + Replacing + FolderLayout.Success, default) is not null;
            if (brought) isSealed.ShouldBeTrue("never ahead of the seal");
            shown.Add($"{isSealed} {brought}");
            Ask($"{name} {n}", options, "", Other, brought ? Replacing : Replaced);
            if (n % 4 == 0) await RecoverAsync(store, options, $"{name} {n}, recovered");
        }

        shown.ShouldBe(["False False", "True False", "True True"], "before the seal, between seal and entry, after both");
    }

    private async Task RecoverAsync(IObjectStore store, StoreOptions options, string name)
    {
        RecoverResult result = await new Publisher(store).RecoverAsync(FolderLayout.Inferences + Replacing, default);
        await new DeltaLog(store).CatchUpAsync(default);
        // What had no manifest yet is not published by anybody: Spark's answer stays.
        if (result.Outcome != RecoverOutcome.NothingPublished) _states.RemoveAt(_states.Count - 1);
        Ask(name, options, "", Other, result.Outcome == RecoverOutcome.NothingPublished ? Replaced : Replacing);
    }

    /// <summary>By version and by time, which Spark takes from the entries' files.</summary>
    private async Task AddOlderAsync()
    {
        StoreOptions options = new() { Root = _folder.File("older") };
        using IObjectStore store = ObjectStores.Open(options);
        foreach (string folder in new[] { Other, Replaced, Replacing }) await PublishAsync(store, folder);
        for (int version = 0; version < 3; version++)
            File.SetLastWriteTimeUtc(_folder.File("older", FolderLayout.DeltaLog, $"{version:D20}.json"), new DateTime(2026, 11, 21 + version, 0, 0, 0, DateTimeKind.Utc));
        Ask("version 0", options, " VERSION AS OF 0", Other);
        Ask("version 1", options, " VERSION AS OF 1", Other, Replaced);
        Ask("version 2", options, " VERSION AS OF 2", Other, Replacing);
        Ask("as of the second day", options, " TIMESTAMP AS OF '2026-11-22 12:00:00'", Other, Replaced);
        Ask("one date", options, " WHERE run_date = '2026-11-22'", Replacing);
    }

    /// <summary>The newest version is whole; who asks for one before it is told that a file is missing.</summary>
    private async Task<(string Name, string Query, string[] Folders)> AddRetiredAsync()
    {
        StoreOptions options = new() { Root = _folder.File("retired") };
        using IObjectStore store = ObjectStores.Open(options);
        foreach (string folder in new[] { Other, Replaced, Replacing }) await PublishAsync(store, folder);
        RevisionRetirer retirer = new(store, "tests 1.0", new ShiftedTime(TimeSpan.FromDays(40)));
        await retirer.RetireAsync((await retirer.FindAsync(TimeSpan.FromDays(30), default)).ShouldHaveSingleItem(), null, default);
        Ask("retired, newest version", options, "", Other, Replacing);
        Ask("retired, older version", options, " VERSION AS OF 1");
        (string Name, string Query, string[] Folders) gone = _states[^1];
        _states.RemoveAt(_states.Count - 1);
        return gone;
    }

    private void Ask(string name, StoreOptions options, string more, params string[] folders) => _states.Add((name,
        $"SELECT run_date, revision, ID, score, RawFormulaVal, model_version FROM delta.`{options.Root.Replace("s3://", "s3a://")}/{FolderLayout.Inferences.TrimEnd('/')}`{more}",
        folders));

    /// <summary>The golden parts, staged and published as by a run.</summary>
    private static async Task PublishAsync(IObjectStore store, string folder)
    {
        string local = Path.Combine(Golden, folder);
        using FolderStore golden = new(new StoreOptions { Root = Path.GetDirectoryName(Golden)! });
        Manifest manifest = (await ManifestFile.ReadAsync(golden, FolderLayout.Inferences + folder, default))!.Manifest;
        PendingPart[] staged = await Task.WhenAll(manifest.Parts.Select(part => store.StageAsync(
            part.Key, Path.Combine(local, part.Key[(part.Key.LastIndexOf('/') + 1)..]),
            new PartFacts(manifest.Attempt, manifest.AttemptFolder, part.Sha256, part.Rows), default)));
        await store.PutAsync(manifest.AttemptFolder + AttemptFiles.Result, "{}"u8.ToArray(), PutCondition.Always, default);
        await new Publisher(store).PublishAsync(new PublishRequest(manifest with { Parts = [.. staged] }, []), default);
    }

    private static async Task<bool> DiesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (ProcessDied)
        {
            return true;
        }
    }

    /// <summary>The rows of revisions as the probe writes them, read by DuckDB from the golden files.</summary>
    private static string RowsOf(string[] folders)
    {
        using var database = DuckDatabase.Open();
        using DuckConnection connection = database.Connect();
        List<string> rows = [];
        foreach (string folder in folders)
        {
            string[] words = folder.Split('/', '=');
            using DuckResult result = connection.Query($"SELECT ID, score, RawFormulaVal, model_version FROM '{Path.Combine(Golden, folder)}*.parquet'");
            rows.AddRange(result.Rows().Select(row => $"{words[1]}|{words[3]}|{row[0]}|{Bits(row[1])}|{Bits(row[2])}|{row[3]}"));
        }

        return string.Join('\n', rows.Order(StringComparer.Ordinal));
    }

    private static string Bits(object? value) => $"{BitConverter.DoubleToInt64Bits((double)value!):X16}";

    private static void Configure(Dictionary<string, string> configuration, S3Server server, IReadOnlyList<string> jars)
    {
        configuration["spark.jars"] = string.Join(',', jars);
        configuration["spark.sql.extensions"] = "io.delta.sql.DeltaSparkSessionExtension";
        configuration["spark.sql.catalog.spark_catalog"] = "org.apache.spark.sql.delta.catalog.DeltaCatalog";
        configuration["spark.databricks.delta.snapshotPartitions"] = "1";
        configuration["spark.sql.session.timeZone"] = "UTC";
        configuration["spark.hadoop.fs.s3a.endpoint"] = server.Address;
        configuration["spark.hadoop.fs.s3a.access.key"] = server.Keys.AccessKey;
        configuration["spark.hadoop.fs.s3a.secret.key"] = server.Keys.SecretKey;
        configuration["spark.hadoop.fs.s3a.path.style.access"] = "true";
        configuration["spark.hadoop.fs.s3a.endpoint.region"] = "us-east-1";
    }
}
