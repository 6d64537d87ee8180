using System.Text;
using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Tables;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Tasks;

public sealed class FilterTaskTests : IDisposable
{
    private static readonly FilterWork Work = new()
    {
        Key = "id",
        Salt = "pool",
        Slots = 10,
        FirstSlot = 3,
        LastSlot = 3,
        Folder = "test_sample/run_date=2026-11-21/",
    };

    private readonly TaskBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Run_KeepsExactlyTheRowsOfTheSlotInOrderAndUnchanged()
    {
        InputFile file = Table(5000);

        TaskResult answer = await RunAsync(Work, file, 0, 5000);

        answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
        long[] expected = [.. Enumerable.Range(0, 5000).Select(i => (long)i).Where(i => Slot(i) == 3)];
        string all = "id, f, d, t, day, flag, money::VARCHAR";
        IReadOnlyList<object?[]> rows = _bench.Rows(answer.Part!.PendingId, all);
        rows.Select(row => (long)row[0]!).ShouldBe(expected);
        rows.ShouldBe(_bench.Rows(file.Key, all).Where(row => Slot((long)row[0]!) == 3), new RowComparer());
        answer.RowsRead.ShouldBe(5000);
        answer.RowsOut.ShouldBe(expected.Length);
        answer.Content.Rows.ShouldBe(expected.Length);
        answer.Part.Key.ShouldMatch($"^{Work.Folder}part-00000-{_bench.Header.Attempt}-[0-9a-f]{{16}}\\.parquet$");
    }

    [Fact]
    public async Task Run_ColumnTypes_AreKept()
    {
        InputFile file = Table(100);

        TaskResult answer = await RunAsync(Work with { LastSlot = 9, FirstSlot = 0 }, file, 0, 100);

        string describe = "DISTINCT typeof(id), typeof(f), typeof(d), typeof(t), typeof(day), typeof(flag), typeof(money)";
        _bench.Rows(answer.Part!.PendingId, describe).ShouldBe(_bench.Rows(file.Key, describe), new RowComparer());
    }

    [Fact]
    public async Task Run_AllSlotsApart_PartitionTheRows()
    {
        InputFile file = Table(3000);
        ContentHash sum = default;
        for (int slot = 0; slot < 10; slot++)
            sum += (await RunAsync(Work with { FirstSlot = slot, LastSlot = slot }, file, 0, 3000)).Content;

        (await RunAsync(Work with { FirstSlot = 0, LastSlot = 9 }, file, 0, 3000)).Content.ShouldBe(sum);
        sum.Rows.ShouldBe(3000);
    }

    [Fact]
    public async Task Run_NestedColumnOnARemoteStore_IsCopiedAsFromALocalFile()
    {
        InputFile file = _bench.Write("in/nested.parquet",
            "SELECT i AS id, [i, i + 1] AS pair, {'a': i, 'b, c': 'text ' || i} AS both FROM range(300000) t(i)");
        TaskSpec split = TaskBench.Split("filter", Work with { FirstSlot = 0, LastSlot = 9 }, TasksJson.Default.FilterWork, file, 100_000,
            5000);
        RemoteStore remote = new(_bench.Store);
        using TaskRunner runner = new(_ => remote, TaskKinds.All(ModelFormats.Standard), TimeProvider.System);

        TaskResult fetched = await runner.RunAsync(_bench.Header, split, CancellationToken.None);

        fetched.Status.ShouldBe(TaskResultStatus.Done, fetched.Error?.Message);
        fetched.Part!.Sha256.ShouldBe((await RunAsync(Work with { FirstSlot = 0, LastSlot = 9 }, file, 100_000, 5000)).Part!.Sha256);
        remote.BytesRead.ShouldBeLessThan(file.Size);
    }

    [Fact]
    public async Task Run_NoRowInTheSlot_LeavesNoPart()
    {
        InputFile file = Table(3000);
        long row = Enumerable.Range(0, 3000).First(i => Slot(i) != 3);

        TaskResult answer = await RunAsync(Work, file, row, 1);

        answer.Status.ShouldBe(TaskResultStatus.Done);
        answer.Part.ShouldBeNull();
        answer.Content.ShouldBe(default);
        (await _bench.PendingAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_KeysMissingOrSeenBefore_AreSetAside()
    {
        InputFile file = _bench.Write("in/a.parquet", "SELECT CASE WHEN i = 5 THEN NULL ELSE i // 2 END AS id, i AS f FROM range(20) t(i)");

        TaskResult answer = await _bench.RunAsync(new FilterTask(new ParquetSource()), TaskBench.Split("filter",
            Work with { FirstSlot = 0, LastSlot = 9 }, TasksJson.Default.FilterWork, file, 0, 20, split: 7, duplicates: [1, 3, 7]));

        answer.RowsOut.ShouldBe(16);
        answer.RowsQuarantined.ShouldBe(4);
        answer.QuarantineCounts.ShouldBe(new Dictionary<string, long> { ["DUPLICATE_KEY"] = 3, ["MISSING_KEY"] = 1 });
        answer.QuarantineKey.ShouldBe($"{_bench.Header.AttemptFolder}quarantine/split-00007.parquet");
        _bench.Rows(answer.QuarantineKey!).ShouldBe(
        [
            ["0", 1L, "in/a.parquet", "DUPLICATE_KEY", "id", "0"],
            ["1", 3L, "in/a.parquet", "DUPLICATE_KEY", "id", "1"],
            [null, 5L, "in/a.parquet", "MISSING_KEY", "id", null],
            ["3", 7L, "in/a.parquet", "DUPLICATE_KEY", "id", "3"],
        ], new RowComparer());
        answer.QuarantineContent.Rows.ShouldBe(4);
    }

    [Fact]
    public async Task Run_ChosenColumns_AreCopiedInThatOrder()
    {
        InputFile file = Table(50);

        TaskResult answer = await RunAsync(Work with { FirstSlot = 0, LastSlot = 9, Columns = ["t", "id"] }, file, 0, 50);

        _bench.Rows(answer.Part!.PendingId).ShouldBe(_bench.Rows(file.Key, "t, id"), new RowComparer());
    }

    [Fact]
    public async Task Run_Twice_SameBytesUnderTwoNamesAndBothPending()
    {
        InputFile file = Table(5000);

        TaskResult one = await RunAsync(Work, file, 0, 5000);
        TaskResult twin = await RunAsync(Work, file, 0, 5000);

        twin.Part!.Sha256.ShouldBe(one.Part!.Sha256);
        twin.Content.ShouldBe(one.Content);
        twin.Part.Key.ShouldNotBe(one.Part.Key);
        (await _bench.PendingAsync()).Order().ShouldBe(new[] { one.Part.Key, twin.Part.Key }.Order());
    }

    [Fact]
    public async Task Run_FourThreads_SameBytesAsOne()
    {
        InputFile file = Table(60_000);
        TaskResult one = await RunAsync(Work with { LastSlot = 9 }, file, 0, 60_000);
        _bench.Header = _bench.Header with { Threads = 4 };
        TaskResult four = await RunAsync(Work with { LastSlot = 9 }, file, 0, 60_000);

        four.Part!.Sha256.ShouldBe(one.Part!.Sha256);
    }

    [Fact]
    public async Task Run_FloatingPointKey_IsRejected()
    {
        InputFile file = _bench.Write("in/a.parquet", "SELECT 1.5::DOUBLE AS id");

        TaskResult answer = await RunAsync(Work, file, 0, 1);

        answer.Status.ShouldBe(TaskResultStatus.Rejected);
        answer.Error!.Code.ShouldBe("KEY_TYPE_UNSUPPORTED");
    }

    private InputFile Table(int rows) => _bench.Write("in/table.parquet",
        $"""
        SELECT i AS id, (i * 0.37)::FLOAT AS f, CASE WHEN i % 7 = 0 THEN NULL ELSE sqrt(i) END AS d, 'text ' || i AS t,
            DATE '2026-01-01' + (i % 365)::INTEGER AS day, i % 2 = 0 AS flag, (i / 3)::DECIMAL(18,3) AS money
        FROM range({rows}) r(i)
        """);

    private static int Slot(long key) => new KeySlot("pool", 10).Of(Encoding.UTF8.GetBytes(key.ToString()));

    private Task<TaskResult> RunAsync(FilterWork work, InputFile file, long firstRow, long rows) => _bench.RunAsync(
        new FilterTask(new ParquetSource()), TaskBench.Split("filter", work, TasksJson.Default.FilterWork, file, firstRow, rows));
}
