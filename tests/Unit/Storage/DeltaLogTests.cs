using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>The Delta log beside the scores: what readers of it may see, whoever publishes, dies or mends.</summary>
public sealed class DeltaLogTests(ITestOutputHelper output)
{
    private const string Table = FolderLayout.Inferences;
    private static readonly bool Full = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1";

    [Fact]
    public async Task Golden_FromItsManifests_IsTheSameLog()
    {
        using MemoryStore store = new();
        string golden = Repository.Data("delta", "test_sample_inference");
        string[] folders = ["run_date=2026-11-21/revision=1/", "run_date=2026-11-22/revision=1/", "run_date=2026-11-22/revision=2/", "run_date=2026-11-24/revision=1/"];
        for (int version = 0; version < folders.Length; version++)
        {
            foreach (string file in Directory.GetFiles(Path.Combine(golden, folders[version])))
                await store.PutAsync(Table + folders[version] + Path.GetFileName(file), await File.ReadAllBytesAsync(file), PutCondition.Always, default);
            ManifestFile manifest = (await ManifestFile.ReadAsync(store, Table + folders[version], default))!;

            (await new DeltaLog(store).BringAsync(manifest, default)).ShouldBeTrue();

            string name = $"{version:D20}.json";
            Actions(await File.ReadAllTextAsync(Path.Combine(golden, "_delta_log", name)))
                .ShouldBe(Actions(Encoding.UTF8.GetString((await store.GetAsync(DeltaLog.Folder + name, default))!)));
        }

        JsonNode expected = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Data("delta", "expected.json")))!;
        foreach (JsonNode? state in expected.AsArray())
        {
            Dictionary<string, long> files = await StrictDeltaReader.ReadAsync(store, Table, state!["version"]!.GetValue<long>());
            files.GroupBy(file => file.Key[9..19] + " revision " + file.Key[29])
                .ToDictionary(group => group.Key, group => group.Sum(file => file.Value))
                .ShouldBe(state["rows"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<long>()), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Bring_NeedsThreeRequests_HoweverLongTheLogIs()
    {
        using MemoryStore store = new();
        for (int day = 0; day < 40; day++) await SealAsync(store, day, 1);
        await new DeltaLog(store).CatchUpAsync(default);
        CountingStore counting = new(store);

        (await new DeltaLog(counting).BringAsync(await SealAsync(store, 40, 1), default)).ShouldBeTrue();
        counting.Calls.ShouldBe(["list", "get", "put"]);

        counting.Calls.Clear();
        (await new DeltaLog(counting).BringAsync(await SealAsync(store, 3, 2), default)).ShouldBeTrue();
        counting.Calls.ShouldBe(["list", "get", "get", "put"], "the entry that brought the revision which is replaced");
        await CheckAsync(store);
    }

    [Fact]
    public async Task Interleaved_PublishersThatDie_AndRecoveries_EndWithExactlyWhatIsSealed()
    {
        int stories = Full ? 1000 : 100, entries = 0, deaths = 0;
        for (int seed = 1; seed <= stories; seed++)
        {
            try
            {
                (int put, int died) = await TellAsync(seed);
                (entries, deaths) = (entries + put, deaths + died);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}: {e.Message}", e);
            }
        }

        output.WriteLine($"{stories} stories, {entries} entries, {deaths} deaths.");
        deaths.ShouldBeGreaterThan(stories / 4);
    }

    [Theory]
    [InlineData("torn")]
    [InlineData("empty")]
    [InlineData("gap")]
    public async Task Log_ThatSomebodyDamaged_IsTold_AndMadeAgainOnceItIsMovedAway(string damage)
    {
        using MemoryStore store = new();
        for (int day = 0; day < 3; day++) await new DeltaLog(store).BringAsync(await SealAsync(store, day, 1), default);
        string key = DeltaLog.Folder + $"{(damage == "gap" ? 5 : 2):D20}.json";
        await store.PutAsync(key, damage == "torn" ? "{\"add\":{\"pa"u8.ToArray() : damage == "empty" ? [] : "{}"u8.ToArray(), PutCondition.Always, default);

        DatasetException error = await Should.ThrowAsync<DatasetException>(
            async () => await new DeltaLog(store).BringAsync(await SealAsync(store, 9, 1), default));
        error.Code.ShouldBe("DELTA_LOG_DAMAGED");
        error.Message.ShouldContain("run recover");

        await foreach (StoredObject entry in store.ListAsync(DeltaLog.Folder, default)) await store.DeleteAsync(entry.Key, default);
        (await new DeltaLog(store).CatchUpAsync(default)).ShouldBe(4);
        await CheckAsync(store);
    }

    [Fact]
    public async Task Entry_OfSomebodyElse_IsReadAsReadersDo_AndMended()
    {
        using MemoryStore store = new();
        await new DeltaLog(store).BringAsync(await SealAsync(store, 1, 1), default);
        const string Foreign = """
            {"add":{"path":"run_date=2026-11-02/revision=1/foreign.parquet","partitionValues":{"run_date":"2026-11-02","revision":"1"},"size":9,"modificationTime":1,"dataChange":true,"stats":"{\"numRecords\":1}"}}
            """;
        await store.PutAsync(DeltaLog.Folder + $"{1:D20}.json", Encoding.UTF8.GetBytes(Foreign), PutCondition.IfAbsent, default);

        (await new DeltaLog(store).CheckAsync(default)).Surplus.ShouldBe([Table + "run_date=2026-11-02/revision=1/foreign.parquet"]);
        await new DeltaLog(store).BringAsync(await SealAsync(store, 2, 1), default);
        await new DeltaLog(store).CatchUpAsync(default);
        await CheckAsync(store);
    }

    [Fact]
    public async Task Column_OfAnotherType_IsRefused_AndANewOneComes()
    {
        using MemoryStore store = new();
        await new DeltaLog(store).BringAsync(await SealAsync(store, 1, 1, new DatasetColumn("ID", "BIGINT", ColumnRole.Key)), default);
        await new DeltaLog(store).BringAsync(
            await SealAsync(store, 2, 1, new DatasetColumn("ID", "BIGINT", ColumnRole.Key), new DatasetColumn("x", "FLOAT")), default);

        DatasetException changed = await Should.ThrowAsync<DatasetException>(
            async () => await new DeltaLog(store).BringAsync(await SealAsync(store, 3, 1, new DatasetColumn("ID", "VARCHAR", ColumnRole.Key)), default));
        changed.Code.ShouldBe("COLUMN_TYPE_CHANGED");
        changed.Message.ShouldContain("'ID' is string; in the dates before it is 'ID', long");
        (await Should.ThrowAsync<DatasetException>(() => new DeltaLog(store).CheckColumnsAsync(
            "test_sample_inference/run_date=2026-11-09/revision=1/", [new DatasetColumn("id", "BIGINT")], default))).Code.ShouldBe("COLUMN_TYPE_CHANGED");
        (await Should.ThrowAsync<DatasetException>(async () => await new DeltaLog(store).BringAsync(
            await SealAsync(store, 9, 1, new DatasetColumn("big", "UBIGINT")), default))).Code.ShouldBe("COLUMN_TYPE_REFUSED");
        DeltaLogCheck check = await new DeltaLog(store).CheckAsync(default);
        check.Unfit.ShouldBe(["test_sample_inference/run_date=2026-11-10/revision=1/"]);
        check.Behind.ShouldBe(["test_sample_inference/run_date=2026-11-04/revision=1/"], "of another type: recover says so");
        await StrictDeltaReader.ReadAsync(store, Table);
    }

    private static async Task<(int Entries, int Deaths)> TellAsync(int seed)
    {
        Random dice = new(seed);
        using MemoryStore store = new();
        TurnTable table = new(dice);
        int deaths = 0;
        List<Func<Task>> processes = [];
        for (int number = dice.Next(2, 7); number > 0; number--)
        {
            int day = dice.Next(1, 4), revision = dice.Next(1, 4), dieAt = dice.NextDouble() < 0.4 ? dice.Next(5, 30) : int.MaxValue;
            TurnStore own = new(store, table, dieAt, dice.Next(2) == 0);
            Manifest manifest = await PrepareAsync(store, day, revision, number);
            Func<Task> work = dice.Next(5) == 0
                ? () => new DeltaLog(own).CatchUpAsync(default)
                : () => new Publisher(own, null, TimeProvider.System).PublishAsync(new PublishRequest(manifest, []), default);
            processes.Add(async () =>
            {
                try
                {
                    await work();
                }
                catch (ProcessDied)
                {
                    Interlocked.Increment(ref deaths);
                }
            });
        }

        await table.RunAsync(processes, async () =>
        {
            if (dice.Next(6) == 0) await LookAsync(store);
        });
        foreach (Dataset half in await new DatasetReader(store).ScanAsync(Table, default))
            if (half.Condition == DatasetCondition.Publishing) await new Publisher(store, null, TimeProvider.System).RecoverAsync(half.Folder, default);
        await new DeltaLog(store).CatchUpAsync(default);
        return (await CheckAsync(store), deaths);
    }

    /// <summary>At any moment the log shows of every date one sealed revision, whole, or nothing.</summary>
    private static async Task LookAsync(MemoryStore store)
    {
        Dictionary<string, long> shown = await StrictDeltaReader.ReadAsync(store, Table);
        foreach (IGrouping<string, string> folder in shown.Keys.GroupBy(path => path[..(path.LastIndexOf('/') + 1)]))
        {
            ManifestFile manifest = (await ManifestFile.ReadAsync(store, Table + folder.Key, default))!;
            Encoding.UTF8.GetString((await store.GetAsync(Table + folder.Key + FolderLayout.Success, default)).ShouldNotBeNull("never ahead of the seal"))
                .ShouldBe(manifest.Sha256);
            folder.Order().ShouldBe(manifest.Manifest.Parts.Select(part => part.Key[Table.Length..]).Order());
        }

        shown.Keys.Select(path => path.Split('/')[0]).Distinct().Count()
            .ShouldBe(shown.Keys.Select(path => path[..path.LastIndexOf('/')]).Distinct().Count(), "one revision of a date");
    }

    /// <summary>The log shows exactly the highest sealed revision of every date.</summary>
    /// <returns>How many entries it has.</returns>
    private static async Task<int> CheckAsync(MemoryStore store)
    {
        DeltaLogCheck check = await new DeltaLog(store).CheckAsync(default);
        check.Behind.ShouldBeEmpty();
        check.Surplus.ShouldBeEmpty();
        return await StrictDeltaReader.ShouldShowWhatIsSealedAsync(store);
    }

    private static async Task<ManifestFile> SealAsync(MemoryStore store, int day, int revision, params DatasetColumn[] columns)
    {
        Manifest manifest = (await PrepareAsync(store, day, revision, 1)) with { Columns = columns };
        var file = ManifestFile.Create(manifest);
        foreach (PendingPart part in manifest.Parts) await store.CompleteAsync(part, default);
        await store.PutAsync(manifest.Folder + FolderLayout.Manifest, file.Bytes, PutCondition.IfAbsent, default);
        await store.PutAsync(manifest.Folder + FolderLayout.Success, Encoding.UTF8.GetBytes(file.Sha256), PutCondition.IfAbsent, default);
        return file;
    }

    /// <summary>All that comes before a publish; attempts at the same revision make the same rows. Some have none.</summary>
    private static async Task<Manifest> PrepareAsync(MemoryStore store, int day, int revision, int number)
    {
        RunDate date = new(new DateOnly(2026, 11, 1).AddDays(day));
        string attempt = $"{number:x16}", attemptFolder = FolderLayout.Attempt(new RunId("score", date, revision), new AttemptId(attempt));
        List<PendingPart> parts = [];
        for (int part = 0; part < (day + revision) % 4; part++)
        {
            byte[] content = Encoding.UTF8.GetBytes($"{day} {revision} {part}");
            PartFacts facts = new(attempt, attemptFolder, Convert.ToHexStringLower(SHA256.HashData(content)), 10 + part);
            parts.Add(store.Stage(FolderLayout.Inference(date, revision) + $"part-{part:00000}-{attempt}-{Guid.NewGuid().ToString("N")[..16]}.parquet", content, facts));
        }

        await store.PutAsync(attemptFolder + AttemptFiles.Result, "{}"u8.ToArray(), PutCondition.Always, default);
        return new Manifest
        {
            Folder = FolderLayout.Inference(date, revision),
            Run = $"score-{date}-r{revision}",
            Job = "score",
            Attempt = attempt,
            AttemptFolder = attemptFolder,
            Fingerprint = "same",
            Created = DateTimeOffset.UnixEpoch.AddHours((day * 10) + revision),
            Program = "tests 1.0",
            RowsRead = parts.Sum(part => part.Rows),
            Content = new ContentHash(0, parts.Sum(part => part.Rows)),
            QuarantineContent = default,
            Columns = [new DatasetColumn("ID", "BIGINT", ColumnRole.Key), new DatasetColumn("score", "DOUBLE", ColumnRole.Score)],
            Parts = [.. parts.OrderBy(part => part.Key, KeyOrder.Instance)],
        };
    }

    /// <summary>The actions of an entry, without the two things that are each table's own.</summary>
    private static string[] Actions(string entry) =>
    [
        .. entry.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            JsonObject action = JsonNode.Parse(line)!.AsObject();
            (action["metaData"] as JsonObject)?.Remove("id");
            (action["commitInfo"] as JsonObject)?.Remove("batchScoreIndex");
            return action.ToJsonString();
        }),
    ];

    /// <summary>Writes down what is asked of it.</summary>
    private sealed class CountingStore(IObjectStore inner) : StoreDecorator(inner)
    {
        public List<string> Calls { get; } = [];

        public override IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation)
        {
            Calls.Add("list");
            return base.ListAsync(prefix, cancellation);
        }

        public override Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
        {
            Calls.Add("get");
            return base.GetAsync(key, cancellation);
        }

        public override Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation)
        {
            Calls.Add("head");
            return base.HeadAsync(key, cancellation);
        }

        protected override Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
        {
            Calls.Add(what.Split(' ')[0]);
            return base.WriteAsync(what, write);
        }
    }
}
