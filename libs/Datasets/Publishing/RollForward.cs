using System.Globalization;
using System.Collections.Concurrent;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// After the manifest there is one direction: complete every part, look at each, then seal. Safe to do twice, by many at once.
/// </summary>
internal sealed class RollForward(IObjectStore store, RemakePart? remake, TimeProvider time)
{
    /// <summary>Whether <c>_SUCCESS</c> names this manifest.</summary>
    /// <exception cref="DatasetException"><c>PUBLISH_SEAL_MISMATCH</c>: it names another.</exception>
    public async Task<bool> IsSealedAsync(ManifestFile manifest, CancellationToken cancellation)
    {
        string key = manifest.Manifest.Folder + FolderLayout.Success;
        byte[]? seal = await store.GetAsync(key, cancellation);
        if (seal is null) return false;
        if (Seals(seal, manifest.Sha256)) return true;
        throw new DatasetException(DatasetErrors.PublishSealMismatch,
            $"'{key}' does not name the manifest beside it (SHA-256 {manifest.Sha256}): one of them was "
            + "changed by another program. Neither was touched; publish the next revision.");
    }

    /// <summary>Whether the content of a <c>_SUCCESS</c> is this hash.</summary>
    public static bool Seals(ReadOnlySpan<byte> seal, string sha256) =>
        seal.Length <= 128 && string.Equals(Encoding.UTF8.GetString(seal).Trim(), sha256, StringComparison.Ordinal);

    /// <summary>Completes and seals.</summary>
    /// <returns>Keys of parts that had to be made again.</returns>
    public async Task<IReadOnlyList<string>> FinishAsync(ManifestFile manifest, CancellationToken cancellation)
    {
        if (await IsSealedAsync(manifest, cancellation)) return [];
        ConcurrentBag<string> remade = [];
        try
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = PendingParts.Parallel, CancellationToken = cancellation };
            await Parallel.ForEachAsync(manifest.Manifest.Parts, options, async (part, token) =>
            {
                if (await CompleteAsync(manifest.Manifest, part, token)) remade.Add(part.Key);
            });
            await SealAsync(manifest, cancellation);
        }
        catch (StoreException e)
        {
            throw Unfinished(manifest.Manifest, e);
        }
        return [.. remade.Order(KeyOrder.Instance)];
    }

    /// <returns>True when the part had to be made again.</returns>
    private async Task<bool> CompleteAsync(Manifest manifest, PendingPart part, CancellationToken cancellation)
    {
        if (await IsThereAsync(manifest, part, cancellation)) return false;
        StoreException? failure = await TryCompleteAsync(part, cancellation);
        if (await IsThereAsync(manifest, part, cancellation)) return false;
        if (failure?.Is(StorageErrors.PendingGone) != true)
            throw failure ?? new StoreException(StorageErrors.Failed, $"The store says that '{part.Key}' is complete but does not show it.",
                unclear: true);
        // Lost only if it is still absent when every request that anybody may have sent is over.
        await Task.Delay(store.RequestTimeout * 1.5, time, cancellation);
        if (await IsThereAsync(manifest, part, cancellation)) return false;
        await RemakeAsync(manifest, part, failure, cancellation);
        return true;
    }

    private async Task<StoreException?> TryCompleteAsync(PendingPart part, CancellationToken cancellation)
    {
        try
        {
            await store.CompleteAsync(part, cancellation);
            return null;
        }
        catch (StoreException e)
        {
            return e;
        }
    }

    private async Task RemakeAsync(Manifest manifest, PendingPart part, StoreException loss, CancellationToken cancellation)
    {
        if (remake is null) throw Lost(manifest, part, $"this command cannot make it again ({loss.Message})", loss);
        await store.AbortAsync(part.Key, part.PendingId, cancellation); // a damaged rest must not stand in the new one's way
        PendingPart made = await remake(manifest, part, cancellation);
        if (!string.Equals(made.Key, part.Key, StringComparison.Ordinal))
            throw new InvalidOperationException($"'{part.Key}' was to be made again, '{made.Key}' was made.");
        if (made.Bytes != part.Bytes || !string.Equals(made.Sha256, part.Sha256, StringComparison.Ordinal))
        {
            await store.AbortAsync(made.Key, made.PendingId, cancellation);
            throw Lost(manifest, part, FormattableString.Invariant($"made again it has {made.Bytes:N0} bytes, SHA-256 {made.Sha256}, ")
                + FormattableString.Invariant($"but {part.Bytes:N0} bytes, SHA-256 {part.Sha256} were published"), loss);
        }
        StoreException? failure = await TryCompleteAsync(made, cancellation);
        if (await IsThereAsync(manifest, part, cancellation)) return;
        throw failure ?? new StoreException(StorageErrors.Failed, $"The store says that '{part.Key}' is complete but does not show it.",
            unclear: true);
    }

    /// <summary>Whether the final object is there and is this part.</summary>
    /// <exception cref="DatasetException"><c>PUBLISH_PART_FOREIGN</c>: something else is.</exception>
    private async Task<bool> IsThereAsync(Manifest manifest, PendingPart part, CancellationToken cancellation)
    {
        StoredObject? found = await store.HeadAsync(part.Key, cancellation);
        if (found is null) return false;
        // A folder has no metadata; there the name was given by link(2) to a file that was hashed and flushed, and size must do.
        bool hasFacts = store.LocalPath(part.Key) is null;
        string sha256 = found.Metadata.GetValueOrDefault(PartFacts.Sha256Name, ""),
            attempt = found.Metadata.GetValueOrDefault(PartFacts.AttemptName, "");
        if (found.Size == part.Bytes && (!hasFacts || (sha256 == part.Sha256 && attempt == manifest.Attempt))) return true;
        throw new DatasetException(DatasetErrors.PublishPartForeign, string.Create(CultureInfo.InvariantCulture,
            $"Under '{part.Key}' stands another object: {found.Size:N0} bytes, attempt '{attempt}', SHA-256 '{sha256}'; published were " +
            $"{part.Bytes:N0} bytes of attempt '{manifest.Attempt}', SHA-256 '{part.Sha256}'. " +
            $"It was left alone; publish the next revision."));
    }

    private async Task SealAsync(ManifestFile manifest, CancellationToken cancellation)
    {
        string key = manifest.Manifest.Folder + FolderLayout.Success;
        byte[] content = Encoding.UTF8.GetBytes(manifest.Sha256);
        (object? standing, StoreException? failure) = await Settling.WriteAsync(
            () => store.PutAsync(key, content, PutCondition.IfAbsent, cancellation),
            async () => await IsSealedAsync(manifest, cancellation) ? manifest : null, time, cancellation);
        if (standing is null) throw failure
            ?? new StoreException(StorageErrors.Failed, $"The store took '{key}' but does not show it.", unclear: true);
    }

    private static DatasetException Unfinished(Manifest manifest, StoreException cause) => new(DatasetErrors.PublishUnfinished,
        $"'{manifest.Folder}' is published by attempt {manifest.Attempt} but not complete yet: {cause.Message} No reader takes it for " +
        "finished. "
        + "Run the command again, or recover.", cause);

    private static DatasetException Lost(Manifest manifest, PendingPart part, string why, StoreException cause) =>
        new(DatasetErrors.PublishPartLost,
        $"The part '{part.Key}' of '{manifest.Folder}' is gone: {why}. It was made by {manifest.Program}. No reader takes the dataset " +
        "for finished. "
        + "Recover with the same program and inputs, or publish the next revision.", cause);
}
