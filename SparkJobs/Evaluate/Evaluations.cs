using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Evaluate;

/// <summary>Finds published evaluations.</summary>
internal sealed class Evaluations(IObjectStore store)
{
    /// <returns>The evaluation of one revision of a date's scores and its manifest; null when there is none that is finished.</returns>
    public async Task<(EvaluationRecord Evaluation, Manifest Manifest)?> FindAsync(RunDate date, int revision, CancellationToken cancellation)
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
        byte[] content = await store.GetAsync(key, cancellation) ?? throw new DatasetException(DatasetErrors.Damaged, $"'{key}' is gone. Run verify; restore it.");
        try
        {
            return (JsonSerializer.Deserialize(content, JobJson.Default.EvaluationRecord) ?? throw new JsonException("It is null."), dataset.Manifest!.Manifest);
        }
        catch (JsonException e)
        {
            throw new BatchScoringException(RunErrors.RunFileUnreadable,
                $"{key} is not what this program writes there: {e.Message} Look at it, and move it away if it is not ours.", inner: e);
        }
    }
}
