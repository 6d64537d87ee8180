using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.Runs;

/// <summary>The datasets that jobs look for, with what to do when one is not there.</summary>
public static class KnownDatasets
{
    /// <summary>The pool that samples are drawn from.</summary>
    public static async Task<Dataset> PoolAsync(IObjectStore store, CancellationToken cancellation) => Published(
        await OpenAsync(store, FolderLayout.Test, null, "Import a table first: batch-score import FILE --key COLUMN --first-date DATE",
            cancellation));

    /// <summary>The new rows of a date.</summary>
    public static Task<Dataset> SampleAsync(IObjectStore store, RunDate date, CancellationToken cancellation) =>
        OpenAsync(store, FolderLayout.TestSample(date), null, $"Draw the sample first: batch-score sample --date {date}", cancellation);

    /// <summary>The scores of a date: an exact revision, or the highest finished one.</summary>
    /// <exception cref="ScoresHeldException">Nothing is published because a gate holds it.</exception>
    public static async Task<Dataset> ScoresAsync(IObjectStore store, RunDate date, int? revision, CancellationToken cancellation)
    {
        try
        {
            return Published(await OpenAsync(store, FolderLayout.Inference(date), revision,
                $"Score first: batch-score score --date {date} --model FILE", cancellation));
        }
        catch (BatchScoringException e) when (e.Is(DatasetErrors.NotFound))
        {
            string runs = revision is { } one ? FolderLayout.Run(new RunId("score", date, one)) : FolderLayout.RevisionsOf("score", date);
            RunRecord? held = (await new RunStore(store, TimeProvider.System).RecordsAsync(runs, cancellation)).Readable
                .FirstOrDefault(record => record.Verdict == Verdict.Held);
            throw held is null ? e : new ScoresHeldException(held);
        }
    }

    /// <summary>The rule that the pool's manifest states.</summary>
    public static SamplingRule Rule(Dataset pool)
    {
        try
        {
            return pool.Manifest?.Manifest.Details?.Deserialize(CoreJson.Default.SamplingRule) ?? throw NoRule(null);
        }
        catch (JsonException e)
        {
            throw NoRule(e);
        }
    }

    private static BatchScoringException NoRule(JsonException? why) => new(RunErrors.PoolRuleMissing,
        $"The manifest of test/ states no sampling rule{(why is null ? "" : $" that can be read ({why.Message})")}, so it was not made " +
        "by batch-score import. Import into a new root.", inner: why);

    /// <summary>What only this program makes has a manifest, or it is damaged.</summary>
    private static Dataset Published(Dataset dataset) =>
        DatasetProblem.Of(dataset) is { } problem ? throw new DatasetException(DatasetErrors.Damaged, problem) : dataset;

    private static async Task<Dataset> OpenAsync(IObjectStore store, string folder, int? revision, string hint,
        CancellationToken cancellation)
    {
        try
        {
            return await new DatasetReader(store).OpenAsync(folder, revision, unsealed: false, cancellation);
        }
        catch (DatasetException e) when (e.Is(DatasetErrors.NotFound))
        {
            throw new BatchScoringException(e.Error, $"{e.Message} {hint}.", e);
        }
    }
}
