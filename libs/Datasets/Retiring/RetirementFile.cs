using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>The record beside a manifest that says that its parts are gone, or going.</summary>
internal static class RetirementFile
{
    /// <summary>What stands there; null: the revision is not retired.</summary>
    /// <exception cref="DatasetException"><c>DATASET_DAMAGED</c>: it cannot be read, or speaks of another manifest.</exception>
    public static async Task<Retirement?> ReadAsync(IObjectStore store, ManifestFile manifest, CancellationToken cancellation)
    {
        string key = manifest.Manifest.Folder + FolderLayout.Retired;
        if (await store.GetAsync(key, cancellation) is not { } bytes) return null;
        try
        {
            Retirement found = JsonSerializer.Deserialize(bytes, CoreJson.Default.Retirement) ?? throw new JsonException("it is null");
            return found.ManifestSha256 == manifest.Sha256
                ? found
                : throw Damaged(key, $"it speaks of another manifest (SHA-256 {found.ManifestSha256})", null);
        }
        catch (JsonException e)
        {
            throw Damaged(key, e.Message, e);
        }
    }

    /// <summary>That this revision may not be read any more.</summary>
    public static DatasetException Error(string folder, Retirement retirement) => new(DatasetErrors.RevisionRetired,
        FormattableString.Invariant($"'{folder}' was retired on {retirement.Retired:yyyy-MM-dd}: its rows were removed, its manifest is ")
        + FormattableString.Invariant($"kept; its successor is revision {retirement.Successor}. Ask for that one, or leave --revision out."));

    private static DatasetException Damaged(string key, string why, Exception? cause) => new(DatasetErrors.Damaged,
        $"'{key}' cannot be used: {why}. Restore it from a backup, or move it away if the revision's parts are there.", cause);
}
