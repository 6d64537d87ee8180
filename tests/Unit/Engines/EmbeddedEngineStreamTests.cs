using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Engines;

public sealed class EmbeddedEngineStreamTests : IDisposable
{
    private readonly TaskBench _bench = new();
    private readonly EmbeddedEngine _engine;

    public EmbeddedEngineStreamTests() => _engine = new EmbeddedEngine(
        new FakeTaskRunner((_, _, _, _) => throw new InvalidOperationException()), _bench.Store, new ParquetSource(),
            new EmbeddedEngineOptions(), TimeProvider.System);

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Stream_ManyRows_GivesAllInOrderWithTheirNulls()
    {
        const int Rows = 100_000;
        SqlDataset dataset = new()
        {
            Name = "t",
            Files = [_bench.Write("a.parquet", $"SELECT i AS id, CASE WHEN i % 3 > 0 THEN i / 8 END AS x FROM range({Rows}) r(i)")],
        };
        List<double?> read = [];

        await foreach (ISqlChunk chunk in _engine.StreamAsync(Query("SELECT x FROM t ORDER BY id DESC", dataset), CancellationToken.None))
            for (int row = 0; row < chunk.Rows; row++) read.Add(chunk.IsNull(0, row) ? null : chunk.Doubles(0)[row]);

        read.ShouldBe(Enumerable.Range(0, Rows).Select(i => Rows - 1 - i).Select(i => i % 3 > 0 ? i / 8.0 : (double?)null));
    }

    [Fact]
    public async Task Stream_ColumnOfAnotherType_SaysWhichToCast()
    {
        BatchScoringException error =
            await Should.ThrowAsync<BatchScoringException>(() => CountAsync("SELECT 'text' AS x", CancellationToken.None));

        error.Code.ShouldBe("SQL_TYPE");
        error.Message.ShouldContain("'x' is VARCHAR");
    }

    [Fact]
    public async Task Stream_WrongOrFailingQuery_SaysWhatDuckDbSaysWithoutTheSql()
    {
        foreach (string text in new[] { "SELECT nothing FROM nowhere",
            "SELECT CAST(CASE WHEN i = 90000 THEN error('nowhere' || i) ELSE i END AS DOUBLE) FROM range(100000) r(i)" })
        {
            BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(() => CountAsync(text, CancellationToken.None));

            error.Code.ShouldBe("SQL_FAILED");
            error.Message.ShouldContain("nowhere");
            error.Message.ShouldNotContain("SELECT");
        }
    }

    [Fact]
    public async Task Stream_LeftEarlyOrCancelled_EndsAndCanBeAskedAgain()
    {
        const string Endless = "SELECT (a.range * b.range % 7)::DOUBLE FROM range(10000000) a, range(1000000) b";
        await foreach (ISqlChunk chunk in _engine.StreamAsync(Query(Endless), CancellationToken.None))
        {
            chunk.Rows.ShouldBePositive();
            break;
        }

        using CancellationTokenSource cancel = new(TimeSpan.FromMilliseconds(200));
        await Should.ThrowAsync<OperationCanceledException>(() => CountAsync(Endless, cancel.Token));
        (await CountAsync("SELECT 1::DOUBLE", CancellationToken.None)).ShouldBe(1);
    }

    private async Task<long> CountAsync(string text, CancellationToken cancellation)
    {
        long rows = 0;
        await foreach (ISqlChunk chunk in _engine.StreamAsync(Query(text), cancellation)) rows += chunk.Doubles(0).Length;
        return rows;
    }

    private static SqlQuery Query(string text, params SqlDataset[] datasets) => new() { Text = text, Datasets = datasets };
}
