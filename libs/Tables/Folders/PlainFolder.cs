using System.Text.Json;
using System.Text.RegularExpressions;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// Finds the data files of a folder without a log: what Spark and Hive take for data, without what a writer that keeps marks (Databricks'
/// <c>_started_T</c>, <c>_committed_T</c>) did not finish or has removed.
/// </summary>
internal static partial class PlainFolder
{
    private const string Started = "_started_", Committed = "_committed_";

    /// <summary>Opens it.</summary>
    public static async Task<FolderTable> OpenAsync(
        IObjectStore store, string folder, IReadOnlyList<string> pathColumns, CancellationToken cancellation)
    {
        List<StoredObject> data = [];
        Dictionary<string, Marks> marks = new(StringComparer.Ordinal);
        await foreach (StoredObject found in store.ListAsync(folder, cancellation))
        {
            string below = found.Key[folder.Length..];
            if (TableFormats.FormatOf(below) is { } format) throw TableFormats.Refused(format, folder);
            if (DataFiles.IsDataFile(found.Key, folder)) data.Add(found);
            else await MarkAsync(store, marks, found, cancellation);
        }

        int left = data.RemoveAll(file => marks.GetValueOrDefault(FolderOf(file.Key))?.Excludes(file.Key[FolderOf(file.Key).Length..]) == true);
        if (data.FirstOrDefault(file => file.Size == 0) is { } empty)
        {
            throw InputErrors.Corrupt(empty.Key, "",
                "it has no bytes, as a file that was lost while it was written. A part without rows has a footer.");
        }

        FolderFile[] files = [.. data.DistinctBy(file => file.Key, StringComparer.Ordinal).OrderBy(file => file.Key, KeyOrder.Instance)
            .Select(file => new FolderFile(new InputFile { Key = file.Key, Size = file.Size, Version = file.Version })
            {
                Partitions = PathColumns.OfPath(file.Key[folder.Length..]),
            })];
        return new FolderTable(folder, files) { Columns = PathColumns.Columns(pathColumns, files), IsWhole = left == 0 };
    }

    private static string FolderOf(string key) => key[..(key.LastIndexOf('/') + 1)];

    private static async Task MarkAsync(
        IObjectStore store, Dictionary<string, Marks> marks, StoredObject file, CancellationToken cancellation)
    {
        string folder = FolderOf(file.Key), name = file.Key[folder.Length..];
        bool isCommit = name.StartsWith(Committed, StringComparison.Ordinal);
        if (!isCommit && !name.StartsWith(Started, StringComparison.Ordinal)) return;
        if (!marks.TryGetValue(folder, out Marks? known)) marks[folder] = known = new Marks();
        if (!isCommit) return;
        known.Finished.Add(name[Committed.Length..]);
        try
        {
            using var document = JsonDocument.Parse(await DeltaSnapshot.SmallAsync(store, file, cancellation));
            foreach (JsonElement gone in DeltaJson.Items(document.RootElement, "removed"))
                known.Removed.Add(DeltaJson.TextOrNull(gone) ?? "");
        }
        catch (JsonException e)
        {
            throw InputErrors.Corrupt(file.Key, "", "it says which of the files beside it count, and is damaged.", e);
        }
    }

    [GeneratedRegex("-tid-(?<id>[0-9]+)-", RegexOptions.ExplicitCapture)]
    private static partial Regex Transaction();

    /// <summary>What the marks of a folder say.</summary>
    private sealed class Marks
    {
        public HashSet<string> Finished { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Removed { get; } = new(StringComparer.Ordinal);

        public bool Excludes(string name) => Removed.Contains(name)
            || (Transaction().Match(name) is { Success: true } found && !Finished.Contains(found.Groups["id"].Value));
    }
}
