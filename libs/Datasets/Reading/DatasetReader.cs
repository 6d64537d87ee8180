using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Finds what may be read: the highest revision whose <c>_SUCCESS</c> holds the SHA-256 of its manifest. Never writes.
/// </summary>
/// <remarks>
/// Thread safe. A reader that looks only at files may see some of them between manifest and <c>_SUCCESS</c>; this one never does.
/// </remarks>
/// <param name="store">Where to look.</param>
public sealed class DatasetReader(IObjectStore store)
{
    private const string RevisionStep = "revision=";

    /// <summary>Opens a dataset for reading.</summary>
    /// <param name="folder">The dataset's folder, without <c>revision=N/</c>.</param>
    /// <param name="revision">An exact revision, or null for the highest.</param>
    /// <param name="unsealed">True: also take files that nothing marks as complete.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>A dataset that is <see cref="DatasetCondition.Sealed"/>, <see cref="DatasetCondition.SealedElsewhere"/>, or, if allowed,
    /// <see cref="DatasetCondition.Unsealed"/>. One of this product may have no files (no rows); any other has some.</returns>
    /// <exception cref="DatasetException"><c>DATASET_NOT_FOUND</c>, <c>DATASET_EMPTY</c>, <c>DATASET_UNSEALED</c> and
    /// <c>DATASET_PUBLISHING</c> (try again later), <c>DATASET_DAMAGED</c>, <c>REVISION_RETIRED</c>,
    /// <c>MANIFEST_…</c>.</exception>
    public async Task<Dataset> OpenAsync(string folder, int? revision, bool unsealed, CancellationToken cancellation)
    {
        StoreKey.CheckFolder(folder);
        IReadOnlyList<Dataset> all = await RevisionsAsync(folder, cancellation);
        if (revision is not null) all = [.. all.Where(d => d.Revision == revision)];
        if (all.Count == 0)
        {
            throw new DatasetException(DatasetErrors.NotFound, $"There is no dataset in '{folder}'"
                + (revision is null ? "" : string.Create(CultureInfo.InvariantCulture, $" with revision {revision}"))
                + $" under {store.Options.Root}. Run the job that makes it, or correct the date.");
        }
        // From the highest revision down; one without any mark is no revision of ours and hides none.
        Dataset found = all.FirstOrDefault(d => d.Condition != DatasetCondition.Unsealed) ?? all[0];
        return found.Condition switch
        {
            DatasetCondition.Sealed => found,
            DatasetCondition.Damaged => throw found.Problem!,
            DatasetCondition.Retired => throw RetirementFile.Error(found.Folder, found.Retirement!),
            DatasetCondition.Publishing =>
                throw new DatasetException(DatasetErrors.Publishing, $"'{found.Folder}' is being published by attempt "
                + $"{found.Manifest?.Manifest.Attempt}, or that was interrupted. Try again later, or run recover"
                + (found.Revision is null ? "." : ", or ask for an exact older revision with --revision.")),
            DatasetCondition.Unsealed when !unsealed => throw new DatasetException(DatasetErrors.Unsealed, FormattableString.Invariant(
                $"'{found.Folder}' has {found.Files.Count} files but neither _SUCCESS nor a manifest: they may still be arriving. ")
                + "Try again later, or say --unsealed if they are complete."),
            _ when found.Files.Count == 0 =>
                throw new DatasetException(DatasetErrors.Empty, $"'{found.Folder}' holds no data files. Deliver the files again."),
            _ => found,
        };
    }

    /// <summary>
    /// The states of a dataset's revisions, highest first; of a folder without revisions its one state; empty when nothing is there.
    /// </summary>
    public async Task<IReadOnlyList<Dataset>> RevisionsAsync(string folder, CancellationToken cancellation)
    {
        Dictionary<string, List<StoredObject>> byRevision = new(StringComparer.Ordinal);
        await foreach (StoredObject found in store.ListAsync(StoreKey.CheckFolder(folder), cancellation))
        {
            string own = RevisionFolder(found.Key, folder) ?? folder;
            if (!byRevision.TryGetValue(own, out List<StoredObject>? files)) byRevision[own] = files = [];
            files.Add(found);
        }
        if (byRevision.Count > 1) byRevision.Remove(folder); // files beside the revisions belong to none
        List<Dataset> all = [];
        foreach ((string own, List<StoredObject> files) in byRevision) all.Add(await LookAsync(own, files, cancellation));
        return [.. all.OrderByDescending(d => d.Revision ?? 0)];
    }

    /// <summary>The states of all datasets below a prefix, by folder: for lists, status and recovery.</summary>
    public async Task<IReadOnlyList<Dataset>> ScanAsync(string prefix, CancellationToken cancellation)
    {
        Dictionary<string, List<StoredObject>> byFolder = new(StringComparer.Ordinal);
        await foreach (StoredObject found in store.ListAsync(prefix, cancellation))
        {
            string own = found.Key[..(found.Key.LastIndexOf('/') + 1)];
            if (own.Length == 0 || Array.Exists(own.Split('/'), step => step is ['_' or '.', ..])) continue;
            if (!byFolder.TryGetValue(own, out List<StoredObject>? files)) byFolder[own] = files = [];
            files.Add(found);
        }
        List<Dataset> all = [];
        foreach (string folder in byFolder.Keys.Order(KeyOrder.Instance)) all.Add(await LookAsync(folder, byFolder[folder], cancellation));
        return all;
    }

    private static string? RevisionFolder(string key, string folder)
    {
        int end = key.IndexOf('/', folder.Length);
        if (end < 0 || !key.AsSpan(folder.Length).StartsWith(RevisionStep)) return null;
        return RevisionOf(key[..(end + 1)]) is null ? null : key[..(end + 1)];
    }

    private static int? RevisionOf(string folder)
    {
        ReadOnlySpan<char> step = folder.AsSpan(0, folder.Length - 1);
        step = step[(step.LastIndexOf('/') + 1)..];
        return step.StartsWith(RevisionStep)
            && int.TryParse(step[RevisionStep.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int revision) && revision > 0
            ? revision
            : null;
    }

    private async Task<Dataset> LookAsync(string folder, List<StoredObject> listed, CancellationToken cancellation)
    {
        Dataset seen = new(folder, DatasetCondition.Unsealed)
        {
            Revision = RevisionOf(folder),
            Files = [.. listed.Where(f => DataFiles.IsDataFile(f.Key, folder)).OrderBy(f => f.Key, KeyOrder.Instance).Select(Describe)],
        };
        try
        {
            ManifestFile? manifest = await ManifestFile.ReadAsync(store, folder, cancellation);
            byte[]? seal = await store.GetAsync(folder + FolderLayout.Success, cancellation);
            if (manifest is null) return seal is null ? seen : seen with { Condition = DatasetCondition.SealedElsewhere };
            seen = seen with { Manifest = manifest };
            if (seal is null) return seen with { Condition = DatasetCondition.Publishing };
            if (!RollForward.Seals(seal, manifest.Sha256)) throw Damaged(folder, "its _SUCCESS names another manifest");
            bool isRetired = listed.Exists(found => found.Key == folder + FolderLayout.Retired);
            (IReadOnlyList<InputFile> parts, string? gone) = isRetired
                ? ([], null)
                : await PartsAsync(manifest.Manifest, seen.Files, cancellation);
            // The record is put before the first part goes, but the listing may be older than both.
            if ((isRetired || gone is not null) && await RetirementFile.ReadAsync(store, manifest, cancellation) is { } retirement)
                return Retired(seen, retirement);
            if (gone is not null) throw Damaged(folder, $"its part '{gone}' is gone");
            return seen with { Condition = DatasetCondition.Sealed, Files = parts };
        }
        catch (DatasetException e) when (e.Is(DatasetErrors.ManifestInvalid, DatasetErrors.ManifestNewer, DatasetErrors.Damaged))
        {
            return seen with { Condition = DatasetCondition.Damaged, Problem = e };
        }
    }

    private static Dataset Retired(Dataset seen, Retirement retirement)
    {
        HashSet<string> named = [.. seen.Manifest!.Manifest.Parts.Select(part => part.Key)];
        return seen with
        {
            Condition = DatasetCondition.Retired,
            Retirement = retirement,
            Files = [.. seen.Files.Where(file => named.Contains(file.Key)).DistinctBy(file => file.Key, StringComparer.Ordinal)],
        };
    }

    /// <returns>The parts; or the first that is not there.</returns>
    private async Task<(IReadOnlyList<InputFile> Parts, string? Gone)> PartsAsync(
        Manifest manifest, IReadOnlyList<InputFile> listed, CancellationToken cancellation)
    {
        // A page of a listing may repeat a key while objects come.
        var byKey = listed.DistinctBy(f => f.Key, StringComparer.Ordinal).ToDictionary(f => f.Key, StringComparer.Ordinal);
        List<InputFile> parts = [];
        foreach (PendingPart part in manifest.Parts)
        {
            // The listing may be older than the seal: what it lacks is looked at once more.
            if (!byKey.TryGetValue(part.Key, out InputFile? file) && await store.HeadAsync(part.Key, cancellation) is { } late)
                file = Describe(late);
            if (file is null) return ([], part.Key);
            if (file.Size != part.Bytes)
                throw Damaged(manifest.Folder,
                    FormattableString.Invariant($"its part '{part.Key}' has {file.Size:N0} bytes, {part.Bytes:N0} were published"));
            parts.Add(file);
        }
        return (parts, null);
    }

    private static InputFile Describe(StoredObject found) => new() { Key = found.Key, Size = found.Size, Version = found.Version };

    private static DatasetException Damaged(string folder, string why) => new(DatasetErrors.Damaged,
        $"The published dataset '{folder}' is damaged: {why}. Run verify; restore it, or publish the next revision.");
}
