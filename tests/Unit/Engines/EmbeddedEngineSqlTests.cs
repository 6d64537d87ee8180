using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;
using BatchScoring.Tests.Testing.Parquet;

namespace BatchScoring.Tests.Unit.Engines;

public sealed class EmbeddedEngineSqlTests : IDisposable
{
    private const string Staging = "artifacts/runs/test-r1/0123456789abcdef/staging/";

    private readonly TaskBench _bench = new();
    private readonly EmbeddedEngine _engine;

    public EmbeddedEngineSqlTests() => _engine = Engine(_bench.Store);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Query_JoinOfTwoDatasets_ReturnsRows()
    {
        SqlQuery query = new()
        {
            Text = $"SELECT l.{Name("the id")}, s.score, l.label, s.score > 0.5 AS high FROM labels l JOIN scores s ON " +
                $"l.{Name("the id")} = s.id ORDER BY 1",
            Datasets =
            [
                new SqlDataset
                {
                    Name = "labels",
                    Files =
                    [
                        _bench.Write("train/run_date=2026-11-21/a.parquet", """SELECT 1 AS "the id", 'no' AS label"""),
                        _bench.Write("train/run_date=2026-11-21/b.parquet", """SELECT 2 AS "the id", NULL::VARCHAR AS label"""),
                    ],
                },
                new SqlDataset { Name = "scores", Files = [_bench.Write("s.parquet", "SELECT i AS id, i / 4 AS score FROM range(4) r(i)")],
                    Columns = ["score", "id"] },
            ],
        };

        SqlResult result = await _engine.QueryAsync(query, CancellationToken.None);

        result.Columns.ShouldBe(["the id", "score", "label", "high"]);
        result.Rows.Select(row => row.ToArray()).ShouldBe([[1L, 0.25, "no", false], [2L, 0.5, null, false]], new RowComparer());
    }

    [Fact]
    public async Task Query_DatasetWithColumns_HasOnlyThose()
    {
        SqlDataset dataset = new()
        {
            Name = "t",
            Files = [_bench.Write("a.parquet", "SELECT 1 AS a, 2 AS b, 3 AS c")],
            Columns = ["c", "a"]
        };

        SqlResult result = await _engine.QueryAsync(new SqlQuery { Text = "SELECT * FROM t", Datasets = [dataset] },
            CancellationToken.None);

        result.Columns.ShouldBe(["c", "a"]);
    }

    [Fact]
    public Task Query_FooterMakesAChunkTooShort_ReadsNoHoleOnARemoteStore() =>
        SumOnARemoteStoreAsync(ones => ones with { BytesForgotten = 1000 });

    [Theory]
    [InlineData(-5)]
    [InlineData(int.MaxValue)]
    public Task Query_FooterTellsOfABloomFilterThatCannotBe_ReadsARemoteStoreAllTheSame(int bytes) =>
        SumOnARemoteStoreAsync(ones => ones with { BloomBytes = bytes });

    private async Task SumOnARemoteStoreAsync(Func<TestColumn, TestColumn> change)
    {
        float?[] ones = [.. Enumerable.Repeat<float?>(1, 400_000)];
        byte[] bytes = TestParquet.Write(200_000, change(TestColumn.Floats("x", ones)), TestColumn.Floats("y", ones));
        await _bench.Store.PutAsync("short.parquet", bytes, PutCondition.Always, CancellationToken.None);
        SqlQuery query = new()
        {
            Text = "SELECT sum(x) FROM t",
            Datasets = [new SqlDataset { Name = "t", Files = [_bench.Pin("short.parquet")], Columns = ["x"] }]
        };
        await using EmbeddedEngine remote = Remote();

        (await remote.QueryAsync(query, CancellationToken.None)).Rows[0][0].ShouldBe(400_000.0);
    }

    [Fact]
    public async Task Query_ValueComparedOnARemoteStore_FindsTheFileBloomFilters()
    {
        string columns = string.Join(", ", Enumerable.Range(0, 400).Select(i => $"'v' || (hash(i, {i}) % 2000) * 3 AS c{i}"));
        InputFile file = _bench.Write("wide.parquet", $"SELECT {columns} FROM range(40960) r(i)", 20_480);
        SqlQuery query = new()
        {
            Text = "SELECT count(*) FROM t WHERE c0 = 'v1'",
            Datasets = [new SqlDataset { Name = "t", Files = [file], Columns = ["c0"] }]
        };
        await using EmbeddedEngine remote = Remote();

        (await remote.QueryAsync(query, CancellationToken.None)).Rows[0][0]
            .ShouldBe((await _engine.QueryAsync(query, CancellationToken.None)).Rows[0][0]);
    }

    [Fact]
    public async Task Write_ManyRows_LeavesFilesInOrderThatHoldThemAll()
    {
        SqlDataset dataset = new() { Name = "t", Files = [_bench.Write("a.parquet", "SELECT i AS id FROM range(250000) r(i)")] };

        IReadOnlyList<SqlFile> files = await _engine.WriteAsync(
            new SqlQuery { Text = "SELECT id, id * 2 AS twice FROM t ORDER BY id DESC", Datasets = [dataset] }, Staging,
                CancellationToken.None);

        files.Select(file => file.Rows).ShouldBe([102_400, 102_400, 45_200]);
        files.SelectMany(file => _bench.Rows(file.File.Key)).Select(row => (long)row[0]!)
            .ShouldBe(Enumerable.Range(0, 250_000).Select(i => 249_999L - i));
        files.ShouldAllBe(file => file.File.Key.StartsWith(Staging) && file.File == _bench.Pin(file.File.Key));
    }

    [Fact]
    public async Task Write_NoRows_LeavesNoFile()
    {
        SqlDataset dataset = new() { Name = "t", Files = [_bench.Write("a.parquet", "SELECT 1 AS id")] };

        IReadOnlyList<SqlFile> files = await _engine.WriteAsync(
            new SqlQuery { Text = "SELECT id FROM t WHERE id > 1", Datasets = [dataset] }, Staging, CancellationToken.None);

        files.ShouldBeEmpty();
    }

    [Fact]
    public async Task Query_Wrong_SaysWhatDuckDbSays()
    {
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(
            () => _engine.QueryAsync(new SqlQuery { Text = "SELECT nothing FROM nowhere", Datasets = [] }, CancellationToken.None));

        error.Code.ShouldBe("SQL_FAILED");
        error.Message.ShouldContain("nowhere");
    }

    [Fact]
    public async Task Query_FileChangedSinceThePlan_IsRefused()
    {
        InputFile planned = _bench.Write("a.parquet", "SELECT 1 AS id");
        _bench.Write("a.parquet", "SELECT 2 AS id");

        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => _engine.QueryAsync(
            new SqlQuery { Text = "SELECT * FROM t", Datasets = [new SqlDataset { Name = "t", Files = [planned] }] },
                CancellationToken.None));

        error.Code.ShouldBe("INPUT_CHANGED");
    }

    [Fact]
    public async Task Query_Cancelled_Ends()
    {
        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));

        await Should.ThrowAsync<OperationCanceledException>(() => _engine.QueryAsync(
            new SqlQuery { Text = "SELECT sum(a.range * b.range % 7) FROM range(10000000) a, range(1000000) b", Datasets = [] },
                cancel.Token));
    }

    private static string Name(string name) => SqlDialect.DuckDb.Name(name);

    /// <summary>As if the files lay in S3.</summary>
    private EmbeddedEngine Remote() => Engine(new RemoteStore(_bench.Store));

    private static EmbeddedEngine Engine(IObjectStore store) => new(
        new FakeTaskRunner((_, _, _, _) => throw new InvalidOperationException()), store, new ParquetSource(), new EmbeddedEngineOptions(),
            TimeProvider.System);
}
