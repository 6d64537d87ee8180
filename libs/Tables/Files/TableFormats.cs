using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// Folders whose files a log beside them rules over: which of them count stands there, and to read them all brings deleted and replaced
/// rows back.
/// </summary>
public static class TableFormats
{
    /// <returns>The format of which one file's name, below the folder, tells; or null.</returns>
    private static string? FormatOf(string key)
    {
        string[] steps = key.Split('/');
        if (steps.Contains("_delta_log", StringComparer.Ordinal)) return "Delta";
        if (steps.Contains(".hoodie", StringComparer.Ordinal)) return "Hudi";
        return steps is [.., "metadata", var name] && name.EndsWith(".metadata.json", StringComparison.Ordinal) ? "Iceberg" : null;
    }

    /// <summary>Refuses a local folder that is such a table, or lies in one.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_TABLE_FORMAT</c>.</exception>
    public static void Refuse(string folder)
    {
        for (string? at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Find(at) is { } format) throw Refused(format, at);
        }
    }

    /// <summary>Refuses a folder of a store that is such a table.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_TABLE_FORMAT</c>, or what the store says.</exception>
    public static async Task RefuseAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(folder);
        await foreach (StoredObject found in store.ListAsync(folder, cancellation))
        {
            if (FormatOf(found.Key[folder.Length..]) is { } format) throw Refused(format, folder);
        }
    }

    private static BatchScoringException Refused(string format, string folder) => new(TableErrors.InputTableFormat,
        $"{folder} is a table of the format {format}: its log says which of its files count, and that is not read here. Hand over its " +
        "present rows as files: write them out with the engine that keeps the table.");

    private static string? Find(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, "_delta_log"))) return "Delta";
        if (Directory.Exists(Path.Combine(folder, ".hoodie"))) return "Hudi";
        string metadata = Path.Combine(folder, "metadata");
        return Directory.Exists(metadata) && Directory.EnumerateFiles(metadata, "*.metadata.json").Any() ? "Iceberg" : null;
    }
}
