using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// Folders whose files a log beside them rules over: which of them count stands there, and to read them all brings deleted and replaced
/// rows back.
/// </summary>
public static partial class TableFormats
{
    /// <summary>Refuses a local folder that is such a table, or lies in one: of single files nobody says whether they count.</summary>
    /// <exception cref="BatchScoringException"><c>INPUT_TABLE_FORMAT</c>.</exception>
    public static void Refuse(string folder)
    {
        for (string? at = Path.GetFullPath(folder); at is not null; at = Path.GetDirectoryName(at))
        {
            if (Find(at) is { } format) throw Refused(format, at);
        }
    }

    /// <returns>The format of which one file's name, below the folder, tells; or null.</returns>
    internal static string? FormatOf(string key)
    {
        string[] steps = key.Split('/');
        if (steps.Contains(DeltaNames.Log[..^1], StringComparer.Ordinal)) return "Delta";
        if (steps.Contains(".hoodie", StringComparer.Ordinal)) return "Hudi";
        if (steps.SkipLast(1).Any(step => HiveAcid().IsMatch(step))) return "Hive ACID";
        return steps is [.., "metadata", var name] && name.EndsWith(".metadata.json", StringComparison.Ordinal) ? "Iceberg" : null;
    }

    /// <summary>The format of which a folder of a store is a table, but for Delta; null for none.</summary>
    internal static async Task<string?> AtAsync(IObjectStore store, string folder, bool isNamed, CancellationToken cancellation)
    {
        // What lies in the folder that was named is listed whole afterwards.
        if (isNamed) return HiveAcid().IsMatch(Path.GetFileName(folder.TrimEnd('/'))) ? "Hive ACID" : null;
        if (store.LocalPath(folder + "metadata") is { } path) return Find(Path.GetDirectoryName(path)!);
        if (await TableFolder.HasAnyAsync(store, folder + ".hoodie/", isNamed, cancellation)) return "Hudi";
        try
        {
            await foreach (StoredObject found in store.ListAsync(folder + "metadata/", cancellation))
                if (FormatOf(found.Key[folder.Length..]) is { } format) return format;
        }
        catch (StoreException e) when (e.Is(StorageErrors.Denied))
        {
            // Above the folder that was named, not to be allowed to look is not to see.
        }

        return null;
    }

    /// <summary><c>INPUT_TABLE_FORMAT</c>.</summary>
    public static BatchScoringException Refused(string format, string folder) => new(TableErrors.InputTableFormat,
        $"{folder} is or holds a table of the format {format}, {Advice(format)}");

    private static string Advice(string format) => format switch
    {
        "Delta" => "whose log, _delta_log, says which of its files count. Name the folder that holds the log, and nothing beside it.",
        "Iceberg" => "and only its catalog knows which of its metadata counts; replaced files lie beside the others. Hand over its present "
            + "rows as files: write them out with the engine that keeps the table.",
        _ => "whose folder keeps replaced and deleted rows beside the others. Hand over its present rows as files: write them out with the "
            + "engine that keeps the table.",
    };

    private static string? Find(string folder)
    {
        if (Directory.Exists(Path.Combine(folder, DeltaNames.Log))) return "Delta";
        if (Directory.Exists(Path.Combine(folder, ".hoodie"))) return "Hudi";
        if (HiveAcid().IsMatch(Path.GetFileName(folder))) return "Hive ACID";
        string metadata = Path.Combine(folder, "metadata");
        return Directory.Exists(metadata) && Directory.EnumerateFiles(metadata, "*.metadata.json").Any() ? "Iceberg" : null;
    }

    [GeneratedRegex(@"^(base_\d{7,}(_v\d+)?|(delta|delete_delta)_\d{7,}_\d{7,}(_\d+)?(_v\d+)?)$", RegexOptions.ExplicitCapture)]
    private static partial Regex HiveAcid();
}
