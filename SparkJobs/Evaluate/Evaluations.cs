using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Finds published evaluations.</summary>
internal sealed class Evaluations(IObjectStore store)
{
    /// <returns>The evaluation of one revision of a date's scores and its manifest; null when there is none that is finished.</returns>
    public async Task<(EvaluationRecord Evaluation, Manifest Manifest)?> FindAsync(RunDate date, int revision,
        CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(date, revision, cancellation);
        }
        catch (DatasetException e) when (e.Is(DatasetErrors.NotFound) || e.Is(DatasetErrors.Publishing))
        {
            return null;
        }
    }

    public async Task<(EvaluationRecord Evaluation, Manifest Manifest)> GetAsync(RunDate date, int revision, CancellationToken cancellation)
    {
        Dataset dataset = await new DatasetReader(store).OpenAsync(FolderLayout.Evaluation(date), revision, unsealed: false, cancellation);
        string key = dataset.Files[0].Key;
        EvaluationRecord evaluation = await new RunStore(store, TimeProvider.System)
            .GetAsync(key, JobJson.Default.EvaluationRecord, cancellation)
            ?? throw new DatasetException(DatasetErrors.Damaged, $"'{key}' is gone. Run verify; restore it.");
        return (evaluation, dataset.Manifest!.Manifest);
    }
}
