using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Engines;
using BatchScoring.Storage;
using BatchScoring.Tables;
using BatchScoring.Tasks;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Engines;

/// <summary>The real tasks in the embedded engine: however the work is cut and spread, the result is the same.</summary>
public sealed class EmbeddedEngineScoreTests : IDisposable
{
    private readonly ScoreBench _bench = new("catboost/categorical-ctr");

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task RunTasks_AnyWorkersAndSplits_SameContent()
    {
        InputFile file = _bench.Changed(1000, "CASE WHEN id % 50 = 9 THEN 'infinity'::FLOAT ELSE AGE END AS AGE");

        (ContentHash content, ContentHash quarantine) = await RunAsync(file, workers: 1, rowsPerSplit: 1000);

        content.Rows.ShouldBe(980);
        quarantine.Rows.ShouldBe(20);
        (await RunAsync(file, workers: 4, rowsPerSplit: 1000)).ShouldBe((content, quarantine));
        (await RunAsync(file, workers: 4, rowsPerSplit: 130)).ShouldBe((content, quarantine));
        (await RunAsync(file, workers: 1, rowsPerSplit: 333)).ShouldBe((content, quarantine));
    }

    private async Task<(ContentHash Content, ContentHash Quarantine)> RunAsync(InputFile file, int workers, long rowsPerSplit)
    {
        using TaskRunner runner = new(header => ObjectStores.Open(header.Store), TaskKinds.All(ModelFormats.Standard), TimeProvider.System);
        await using EmbeddedEngine engine = new(
            runner, _bench.Tasks.Store, new ParquetSource(), new EmbeddedEngineOptions { Workers = workers }, TimeProvider.System);
        List<TaskSpec> splits = [];
        for (long first = 0; first < 1000; first += rowsPerSplit)
            splits.Add(_bench.Split(file, first, Math.Min(rowsPerSplit, 1000 - first), splits.Count));
        ContentHash content = default;
        ContentHash quarantine = default;
        await foreach (TaskResult answer in engine.RunTasksAsync(_bench.Tasks.Header, splits, renewHeader: null, rowsDone: null,
            CancellationToken.None))
        {
            answer.Status.ShouldBe(TaskResultStatus.Done, answer.Error?.Message);
            content += answer.Content;
            quarantine += answer.QuarantineContent;
        }

        return (content, quarantine);
    }
}
