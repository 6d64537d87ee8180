using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>Looks after the pending parts of attempts.</summary>
internal sealed class PendingParts(IObjectStore store)
{
    /// <summary>Requests at a time.</summary>
    public const int Parallel = 8;

    /// <summary>Every part of the manifest must be pending, in full.</summary>
    public async Task CheckAllAsync(Manifest manifest, CancellationToken cancellation)
    {
        ParallelOptions options = new() { MaxDegreeOfParallelism = Parallel, CancellationToken = cancellation };
        await System.Threading.Tasks.Parallel.ForEachAsync(manifest.Parts, options, async (part, token) =>
        {
            if (await store.IsPendingAsync(part, token)) return;
            throw new DatasetException(DatasetErrors.PublishPartMissing,
                $"The part '{part.Key}' is not pending any more, or not in full. It was aborted by clean, "
                + "by a lifecycle rule or by hand. Nothing was published; run the command again.");
        });
    }

    /// <summary>Aborts what the attempt has pending below the folder.</summary>
    public async Task<int> AbortAsync(string folder, string attempt, string attemptFolder, CancellationToken cancellation)
    {
        int aborted = 0;
        foreach (PendingUpload pending in await OfAttemptAsync(folder, attempt, attemptFolder, cancellation))
        {
            await store.AbortAsync(pending.Key, pending.PendingId, cancellation);
            aborted++;
        }
        return aborted;
    }

    /// <summary>
    /// Aborts all that an attempt has pending, once that is settled: it lost, or its dataset is sealed and what is left are its tasks' late
    /// twins and names that a killed process did not remove. What cannot be aborted now is left for clean.
    /// </summary>
    public async Task TryAbortAsync(Manifest attempt, CancellationToken cancellation)
    {
        try
        {
            await AbortAsync(attempt.Folder, attempt.Attempt, attempt.AttemptFolder, cancellation);
        }
        catch (StoreException)
        {
            // Costs storage until clean comes by, nothing else.
        }
    }

    private async Task<List<PendingUpload>> OfAttemptAsync(string folder, string attempt, string attemptFolder,
        CancellationToken cancellation)
    {
        List<PendingUpload> found = [];
        await foreach (PendingUpload pending in store.ListPendingAsync(folder, cancellation))
        {
            if (PartName.IsOf(pending.Key, attempt) || pending.PendingId.StartsWith(attemptFolder, StringComparison.Ordinal))
                found.Add(pending);
        }
        return found;
    }
}
