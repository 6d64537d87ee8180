using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.Storage;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Report;

/// <summary>
/// What earlier dates scored, from what they left in the store. Reads only; a date that cannot be read is a date without scores.
/// </summary>
internal sealed class ScoreHistory(IObjectStore store, TimeProvider time)
{
    /// <summary>How far a page looks back.</summary>
    public const int Days = 30;

    /// <summary>So many dates are looked at side by side: on S3 each costs four round trips.</summary>
    private const int Parallel = 8;

    private readonly RunStore _runs = new(store, time);

    /// <returns>The days before a date that have published scores, newest first.</returns>
    public async Task<IReadOnlyList<ScoreDay>> BeforeAsync(RunDate date, CancellationToken cancellation)
    {
        var days = new ScoreDay?[Days];
        ParallelOptions options = new() { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation };
        await System.Threading.Tasks.Parallel.ForEachAsync(Enumerable.Range(0, Days), options, async (ago, stop) =>
            days[ago] = await DayAsync(new RunDate(date.Day.AddDays(-1 - ago)), stop));
        return [.. days.OfType<ScoreDay>()];
    }

    /// <returns>A run with its statistics; null when it left none.</returns>
    public async Task<ScoreDay?> OfAsync(RunRecord record, CancellationToken cancellation)
    {
        if (record.RunDate is null) return null;
        RunResult? result = await _runs.GetAsync(record.AttemptFolder + AttemptFiles.Result, CoreJson.Default.RunResult, cancellation);
        return result is not null && ScoreStatistics.Of(result) is { } statistics
            ? new ScoreDay(RunDate.Parse(record.RunDate), record, statistics)
            : null;
    }

    private async Task<ScoreDay?> DayAsync(RunDate date, CancellationToken cancellation)
    {
        try
        {
            IReadOnlyList<Dataset> revisions = await new DatasetReader(store).RevisionsAsync(FolderLayout.Inference(date), cancellation);
            if (revisions.FirstOrDefault(found => found.Condition == DatasetCondition.Sealed)?.Manifest?.Manifest is not { } manifest)
                return null;
            RunRecord? record = await _runs.GetAsync(manifest.AttemptFolder + AttemptFiles.Record, CoreJson.Default.RunRecord,
                cancellation);
            return record is null ? null : await OfAsync(record, cancellation);
        }
        catch (Exception e) when (e is JsonException or BatchScoringException { Transient: false })
        {
            return null;
        }
    }
}
