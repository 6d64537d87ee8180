using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>What a log shows after all of its entries: the fold that every reader makes.</summary>
internal sealed class DeltaTable
{
    private readonly Dictionary<string, DeltaFile> _files = new(StringComparer.Ordinal);
    private DeltaMetaData? _metaData;
    private long _metaDataVersion;

    /// <summary>Dates that the log has brought, with those that have no rows.</summary>
    public DeltaDates Dates { get; private set; } = DeltaDates.None;

    /// <summary>The files that it shows, as keys under the root.</summary>
    public IEnumerable<string> Keys => _files.Keys.Select(path => FolderLayout.Inferences + path);

    public static DeltaTable Of(IReadOnlyList<DeltaEntry> entries)
    {
        DeltaTable table = new();
        foreach (DeltaEntry entry in entries) table.Take(entry);
        return table;
    }

    /// <summary>Whether exactly the parts of this manifest are shown for its date, or a later revision is.</summary>
    public bool Shows(ManifestFile manifest)
    {
        (RunDate date, int revision) = DeltaLog.DateOf(manifest.Manifest.Folder);
        if (Dates.Of(date) is not { } shown || shown.Revision < revision) return false;
        return shown.Revision > revision || FilesOf(date).Select(file => (file.Path, file.Size)).ToHashSet()
            .SetEquals(DeltaLog.FilesOf(manifest.Manifest).Select(file => (file.Path, file.Size)));
    }

    public IReadOnlyList<DeltaFile> FilesOf(RunDate date) =>
        [.. _files.Values.Where(file => file.Partition("run_date") == date.ToString()).OrderBy(file => file.Path, KeyOrder.Instance)];

    /// <summary>The state from which the next entry is made.</summary>
    public DeltaState State(long last) => last < 0
        ? DeltaState.Nothing
        : new DeltaState(last, new DeltaIndex(Dates, _metaDataVersion, _metaData?.Schema.Fingerprint ?? ""), _metaData) { Table = this };

    public void Take(DeltaEntry entry)
    {
        foreach (DeltaFile file in entry.Removes) _files.Remove(file.Path);
        foreach (DeltaFile file in entry.Adds) _files[file.Path] = file;
        if (entry.MetaData is { } data) (_metaData, _metaDataVersion) = (data, entry.Version);
        if (entry.Transaction is { Application: ['r', 'u', 'n', '_', 'd', 'a', 't', 'e', '=', .. var date] } transaction
            && DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            Dates = Dates.With(new RunDate(day), (int)transaction.Version, entry.Version);
        }
    }
}

/// <summary>From what the next entry is made.</summary>
/// <param name="Last">The last version; −1: there is no log.</param>
/// <param name="Index">What the table shows.</param>
/// <param name="MetaData">Its columns, where they are known without a further look.</param>
internal sealed record DeltaState(long Last, DeltaIndex Index, DeltaMetaData? MetaData)
{
    public static DeltaState Nothing => new(-1, new DeltaIndex(DeltaDates.None, 0, ""), null);

    /// <summary>Set where all entries were read.</summary>
    public DeltaTable? Table { get; init; }
}
