using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Removes the parts of replaced revisions of scores. First a record says that the revision is retired, then its parts go: whatever
/// interrupts that, every reader says "retired", and doing it again goes on. Manifest and seal stay, and nothing else is touched: not the
/// Delta log, not a date's newest sealed revision, not what nobody sealed.
/// </summary>
/// <remarks>Thread safe; any number of processes may do it at once.</remarks>
/// <param name="store">Where the scores are.</param>
/// <param name="program">Program and version, for the record.</param>
/// <param name="time">Tells how long ago a seal was put; null means the system's clock.</param>
public sealed class RevisionRetirer(IObjectStore store, string program, TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>The replaced revisions whose parts are there, by folder; only reads.</summary>
    /// <param name="age">How long a successor must have been sealed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DatasetException"><c>DELTA_LOG_DAMAGED</c>: it cannot be told what readers of the log still need.</exception>
    public async Task<IReadOnlyList<Retirable>> FindAsync(TimeSpan age, CancellationToken cancellation)
    {
        IReadOnlyList<Dataset> all = await new DatasetReader(store).ScanAsync(FolderLayout.Inferences, cancellation);
        // A log that is behind still shows a revision that is replaced: who reads by it would find no files.
        HashSet<string> shown = [.. (await new DeltaLog(store).CheckAsync(cancellation)).Surplus];
        List<Retirable> found = [];
        foreach (IGrouping<RunDate, Dataset> date in all.Where(WasSealed).GroupBy(dataset => DeltaLog.DateOf(dataset.Folder).Date))
        {
            Dataset[] revisions = [.. date.OrderBy(dataset => dataset.Revision)];
            int newest = Array.FindLastIndex(revisions, d => d.Condition == DatasetCondition.Sealed);
            for (int i = 0; i < newest; i++)
                if (revisions[i].Files.Count > 0) found.Add(await JudgeAsync(revisions[i], revisions[i + 1], age, shown, cancellation));
        }

        return found;
    }

    /// <summary>Retires one. The parts that are gone already are no error.</summary>
    /// <param name="revision">One that may go.</param>
    /// <param name="user">Who asks, for the record.</param>
    /// <param name="cancellation">Ends it; doing it again goes on.</param>
    /// <exception cref="StoreException"><c>STORE_DENIED</c>, before anything is written: no right to remove parts.</exception>
    /// <exception cref="InvalidOperationException">It is to be kept.</exception>
    public async Task RetireAsync(Retirable revision, string? user, CancellationToken cancellation)
    {
        if (revision.Kept is not null) throw new InvalidOperationException($"'{revision.Dataset.Folder}' is kept: {revision.Kept}.");
        ManifestFile manifest = revision.Dataset.Manifest!;
        // A key that no part has: removing it does nothing, and shows whether removing is allowed.
        await store.DeleteAsync(manifest.Manifest.Folder + "part-retire-probe", cancellation);
        await RecordAsync(manifest, revision, user, cancellation);
        ParallelOptions options = new() { MaxDegreeOfParallelism = PendingParts.Parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(revision.Parts, options, async (part, stop) => await store.DeleteAsync(part.Key, stop));
    }

    private static bool WasSealed(Dataset dataset) =>
        dataset is { Revision: not null, Condition: DatasetCondition.Sealed or DatasetCondition.Retired };

    private async Task<Retirable> JudgeAsync(
        Dataset revision, Dataset successor, TimeSpan age, HashSet<string> shown, CancellationToken cancellation)
    {
        DateTimeOffset? put = (await store.HeadAsync(successor.Folder + FolderLayout.Success, cancellation))?.Modified;
        // A copy of a root may carry any time: never earlier than its manifest says.
        DateTimeOffset written = successor.Manifest!.Manifest.Created, sealedAt = put > written ? put.Value : written;
        // What a record says was decided; it is only to be finished.
        string? kept = revision.Condition == DatasetCondition.Retired ? null
            : put is null || _time.GetUtcNow() - sealedAt < age
                ? FormattableString.Invariant(
                    $"revision {successor.Revision} has been sealed since {sealedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC only")
            : revision.Files.Any(part => shown.Contains(part.Key)) ? "the Delta log still shows it; run recover first"
            : null;
        return new Retirable(revision, successor, sealedAt, kept);
    }

    private async Task RecordAsync(ManifestFile manifest, Retirable revision, string? user, CancellationToken cancellation)
    {
        byte[] record = JsonSerializer.SerializeToUtf8Bytes(new Retirement
        {
            Folder = manifest.Manifest.Folder,
            ManifestSha256 = manifest.Sha256,
            Successor = revision.Successor.Revision!.Value,
            SuccessorSha256 = revision.Successor.Manifest!.Sha256,
            SuccessorSealed = revision.Sealed.ToUniversalTime(),
            Retired = _time.GetUtcNow(),
            Program = program,
            User = user,
        }, CoreJson.Default.Retirement);
        (Retirement? standing, StoreException? failure) = await Settling.WriteAsync(
            () => store.PutAsync(manifest.Manifest.Folder + FolderLayout.Retired, record, PutCondition.IfAbsent, cancellation),
            () => RetirementFile.ReadAsync(store, manifest, cancellation), _time, cancellation);
        if (standing is null) throw failure
            ?? new StoreException(StorageErrors.Failed,
                $"The store took the record of '{manifest.Manifest.Folder}' but does not show it.", unclear: true);
    }
}
