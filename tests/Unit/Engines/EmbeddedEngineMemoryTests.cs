using BatchScoring.Engines;
using BatchScoring.Tables;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Engines;

/// <summary>
/// Counts what the whole process allocates, because the engine works on other threads: so no other test may run meanwhile.
/// </summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EmbeddedEngineMemoryTests : IDisposable
{
    private const string Name = nameof(EmbeddedEngineMemoryTests);
    private readonly TaskBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Stream_TwoMillionRows_AllocatesNoObjectPerRow()
    {
        const int Rows = 2_000_000;
        await using EmbeddedEngine engine = new(
            new FakeTaskRunner((_, _, _, _) => throw new InvalidOperationException()), _bench.Store, new ParquetSource(),
                new EmbeddedEngineOptions(), TimeProvider.System);
        SqlQuery query = new()
        {
            Text = "SELECT CAST(i AS DOUBLE) AS x FROM t",
            Datasets = [new SqlDataset { Name = "t", Files = [_bench.Write("a.parquet", $"SELECT i FROM range({Rows}) r(i)", 100_000)] }],
        };
        double sum = 0;
        long before = GC.GetTotalAllocatedBytes(precise: true);

        await foreach (ISqlChunk chunk in engine.StreamAsync(query, CancellationToken.None))
            foreach (double value in chunk.Doubles(0)) sum += value;

        (GC.GetTotalAllocatedBytes(precise: true) - before).ShouldBeLessThan(4L * Rows);
        sum.ShouldBe((double)Rows * (Rows - 1) / 2);
    }
}
