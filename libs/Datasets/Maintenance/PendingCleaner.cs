using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Gives up pending parts that nobody will want any more. A wrong abort costs work, never rows: a part that a manifest
/// still waits for is kept whatever its age, and would be made again.
/// </summary>
/// <param name="store">Where they are.</param>
/// <param name="time">Tells their age; null means the system's clock.</param>
public sealed class PendingCleaner(IObjectStore store, TimeProvider? time = null)
{
    /// <summary>Younger ones are kept: longer than any run takes. The lifecycle rule in s3-layout/ says the same.</summary>
    public static readonly TimeSpan DefaultRetention = TimeSpan.FromDays(7);

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Lists all pending parts below the root and aborts those that are old and that no manifest waits for.</summary>
    /// <param name="retention">The least age.</param>
    /// <param name="dryRun">True: only say what would be done.</param>
    /// <param name="cancellation">Ends it between two aborts.</param>
    public async Task<CleanResult> CleanAsync(TimeSpan retention, bool dryRun, CancellationToken cancellation)
    {
        DateTimeOffset limit = _time.GetUtcNow() - retention;
        List<PendingUpload> aborted = [], young = [], wanted = [];
        Dictionary<string, Dictionary<string, PendingPart>> publishedByFolder = new(StringComparer.Ordinal);
        List<PendingUpload> all = [];
        await foreach (PendingUpload pending in store.ListPendingAsync("", cancellation)) all.Add(pending);
        foreach (PendingUpload pending in all.OrderBy(p => p.Key, KeyOrder.Instance))
        {
            if (pending.Initiated > limit) young.Add(pending);
            else if (await IsWantedAsync(pending, publishedByFolder, cancellation)) wanted.Add(pending);
            else aborted.Add(pending);
        }
        foreach (PendingUpload pending in aborted)
        {
            if (!dryRun) await store.AbortAsync(pending.Key, pending.PendingId, cancellation);
        }
        return new CleanResult(aborted, young, wanted);
    }

    /// <summary>Whether a manifest still waits for it: names it, and the final object is not there yet.</summary>
    private async Task<bool> IsWantedAsync(PendingUpload pending, Dictionary<string, Dictionary<string, PendingPart>> publishedByFolder,
        CancellationToken cancellation)
    {
        string folder = pending.Key[..(pending.Key.LastIndexOf('/') + 1)];
        if (folder.Length == 0) return false;
        if (!publishedByFolder.TryGetValue(folder, out Dictionary<string, PendingPart>? published))
        {
            ManifestFile? manifest = await ManifestFile.ReadAsync(store, folder, cancellation);
            // Nobody waits for what was retired.
            if (manifest is not null && await RetirementFile.ReadAsync(store, manifest, cancellation) is not null) manifest = null;
            published = manifest?.Manifest.Parts.ToDictionary(p => p.Key, StringComparer.Ordinal) ?? [];
            publishedByFolder[folder] = published;
        }
        return published.TryGetValue(pending.Key, out PendingPart? part)
            && (await store.HeadAsync(pending.Key, cancellation))?.Size != part.Bytes;
    }
}
