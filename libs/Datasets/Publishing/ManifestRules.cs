using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>What a manifest must fulfil before it is put and before it is believed.</summary>
internal static class ManifestRules
{
    /// <summary>The first rule that is broken, or null.</summary>
    public static string? Problem(Manifest manifest)
    {
        try
        {
            StoreKey.CheckFolder(manifest.Folder);
            StoreKey.CheckFolder(manifest.AttemptFolder);
            foreach (PendingPart part in manifest.Parts) StoreKey.Check(part.Key);
        }
        catch (StoreException e)
        {
            return e.Message;
        }
        if (manifest.Attempt.Length == 0) return "it names no attempt";
        return PartsProblem(manifest);
    }

    private static string? PartsProblem(Manifest manifest)
    {
        string? last = null;
        long rows = 0;
        foreach (PendingPart part in manifest.Parts)
        {
            if (!DataFiles.IsDataFile(part.Key, manifest.Folder)) return $"its part '{part.Key}' is no data file of '{manifest.Folder}'";
            if (last is not null && KeyOrder.Instance.Compare(last, part.Key) >= 0)
                return $"its part '{part.Key}' comes twice or out of order";
            if (part.Sha256.Length != 64 || part.Sha256.AsSpan().IndexOfAnyExcept("0123456789abcdef") >= 0)
                return $"the SHA-256 of '{part.Key}' is none";
            if (part.Bytes < 0 || part.Rows < 0) return $"size or rows of '{part.Key}' are negative";
            if (part.PendingId.Length == 0) return $"its part '{part.Key}' has no pending id";
            last = part.Key;
            rows = unchecked(rows + part.Rows);
        }
        return rows == manifest.Content.Rows
            ? null
            : FormattableString.Invariant($"its parts have {rows} rows together, its content hash {manifest.Content.Rows}");
    }
}
