using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// What a folder is, and which rows it stands for: the one definition for all who are given one. A Delta table, and a folder of its partitions,
/// is read by its log; of plain files those count that Spark would count, without what it reads in error; other tables with a log are refused.
/// </summary>
public static class TableFolder
{
    /// <summary>Opens a folder. Lists and reads logs; no data is read.</summary>
    /// <param name="store">Where it lies; what lies above the store's root is not looked at.</param>
    /// <param name="folder">The folder; empty for the root, else ending in a slash.</param>
    /// <param name="wanted">Which version, and which columns out of folders' names.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_TABLE_FORMAT</c>, <c>INPUT_LOG_…</c>, <c>INPUT_VERSION</c>, <c>INPUT_NO_TABLE</c>,
    /// <c>INPUT_CORRUPT</c>, or what the store says.</exception>
    public static async Task<FolderTable> OpenAsync(IObjectStore store, string folder, FolderRequest wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(wanted);
        if (await TableOfAsync(store, folder, cancellation) is { } table)
            return await DeltaFolder.OpenAsync(store, table, folder, wanted.Version, cancellation);
        if (wanted.Version.IsGiven)
        {
            throw new BatchScoringException(TableErrors.InputVersion,
                $"{folder} is no Delta table: it has no versions. Leave --version and --as-of out.");
        }

        return await PlainFolder.OpenAsync(store, folder, wanted.PathColumns, cancellation);
    }

    /// <summary>Opens a folder of this machine.</summary>
    /// <returns>The keys of its files are their absolute paths.</returns>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<FolderTable> OpenLocalAsync(string folder, FolderRequest wanted, CancellationToken cancellation)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string top = full;
        for (string? at = full; at is not null; at = Path.GetDirectoryName(at))
        {
            if (!Directory.Exists(Path.Combine(at, DeltaNames.Log))) continue;
            top = at;
            break;
        }

        // A store that begins above it: messages name files by what is below.
        string root = Path.GetDirectoryName(top) ?? top;
        if (top == full && Path.GetDirectoryName(full) is { } parent) TableFormats.Refuse(parent);
        using IObjectStore store = ObjectStores.Open(new StoreOptions { Root = root });
        string key = Path.GetRelativePath(root, full).Replace(Path.DirectorySeparatorChar, '/') + "/";
        FolderTable table = await OpenAsync(store, key == "./" ? "" : key, wanted, cancellation);
        return table.At(Path.TrimEndingDirectorySeparator(root) + "/");
    }

    /// <summary>The Delta table that a folder is, or lies in: its folder; null where there is none.</summary>
    public static async Task<string?> TableOfAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(folder);
        for (string at = folder; ; at = at[..(at.TrimEnd('/').LastIndexOf('/') + 1)])
        {
            string log = at + DeltaNames.Log;
            if (store.LocalPath(log[..^1]) is { } path ? Directory.Exists(path) : await HasAnyAsync(store, log, at == folder, cancellation))
                return at;
            if (await TableFormats.AtAsync(store, at, at == folder, cancellation) is { } format) throw TableFormats.Refused(format, at);
            if (at.Length == 0) return null;
        }
    }

    /// <summary>Whether anything lies below a prefix. Above the folder that was named, not to be allowed to look is not to see.</summary>
    internal static async Task<bool> HasAnyAsync(IObjectStore store, string prefix, bool isNamed, CancellationToken cancellation)
    {
        try
        {
            await foreach (StoredObject _ in store.ListAsync(prefix, cancellation)) return true;
            return false;
        }
        catch (StoreException e) when (!isNamed && e.Is(StorageErrors.Denied))
        {
            return false;
        }
    }
}

/// <summary>What of a folder is asked for.</summary>
public sealed record FolderRequest
{
    /// <summary>Which version.</summary>
    public WantedVersion Version { get; init; } = new();

    /// <summary>Columns of plain files that are taken from the names of their folders, as in <c>place=Bern/</c>.</summary>
    public IReadOnlyList<string> PathColumns { get; init; } = [];
}
