using System.Buffers;
using System.Security.Cryptography;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Reads a published dataset again, whole, and compares every part's SHA-256 with its manifest. Thread safe; never writes.
/// </summary>
/// <param name="store">Where it is.</param>
public sealed class DatasetVerifier(IObjectStore store)
{
    private const int ChunkBytes = 8 << 20;

    /// <summary>Verifies one dataset, sealed or still publishing.</summary>
    /// <param name="folder">Its folder, with <c>revision=N/</c> where there are revisions.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DatasetException"><c>DATASET_NOT_FOUND</c>: no manifest there.</exception>
    public async Task<VerifyResult> VerifyAsync(string folder, CancellationToken cancellation)
    {
        ManifestFile manifest = await ManifestFile.ReadAsync(store, folder, cancellation)
            ?? throw new DatasetException(DatasetErrors.NotFound,
                $"There is no manifest in '{folder}' under {store.Options.Root}, so nothing to compare with.");
        List<VerifiedPart> files = [];
        foreach (PendingPart part in manifest.Manifest.Parts) files.Add(await CompareAsync(part, cancellation));
        HashSet<string> named = [.. manifest.Manifest.Parts.Select(p => p.Key)];
        await foreach (StoredObject found in store.ListAsync(folder, cancellation))
        {
            if (DataFiles.IsDataFile(found.Key, folder) && !named.Contains(found.Key))
                files.Add(new VerifiedPart(found.Key, PartFinding.NotPublished, "No manifest names it; move it away."));
        }
        return new VerifyResult(folder, manifest, [.. files.OrderBy(f => f.Key, KeyOrder.Instance)]);
    }

    private async Task<VerifiedPart> CompareAsync(PendingPart part, CancellationToken cancellation)
    {
        StoredObject? found = await store.HeadAsync(part.Key, cancellation);
        if (found is null) return new VerifiedPart(part.Key, PartFinding.Missing, "It is not there.");
        if (found.Size != part.Bytes)
        {
            return new VerifiedPart(part.Key, PartFinding.OtherSize,
                FormattableString.Invariant($"It has {found.Size:N0} bytes; {part.Bytes:N0} were published."));
        }
        string sha256 = await HashAsync(found, cancellation);
        return string.Equals(sha256, part.Sha256, StringComparison.Ordinal)
            ? new VerifiedPart(part.Key, PartFinding.Equal, "")
            : new VerifiedPart(part.Key, PartFinding.OtherContent, $"Its SHA-256 is {sha256}; {part.Sha256} was published.");
    }

    private async Task<string> HashAsync(StoredObject found, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            for (long offset = 0; offset < found.Size; offset += ChunkBytes)
            {
                Memory<byte> chunk = buffer.AsMemory(0, (int)Math.Min(ChunkBytes, found.Size - offset));
                await store.ReadRangeAsync(found.Key, found.Version, offset, chunk, cancellation);
                hash.AppendData(chunk.Span);
            }
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
