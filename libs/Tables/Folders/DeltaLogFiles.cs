using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>
/// The files of a log that count: entries, and checkpoints that are complete. All others (check sums, temporary files, compacted entries,
/// the hint which checkpoint is the last) are passed over: the listing alone is sure.
/// </summary>
internal sealed class DeltaLogFiles
{
    /// <summary>Longer logs are cleaned by their engines, and every entry is read.</summary>
    private const int MostFiles = 1_000_000;

    private const string Checkpoint = ".checkpoint";

    /// <summary>The log's folder, ending in a slash.</summary>
    public required string Folder { get; init; }

    /// <summary>The entries by version.</summary>
    public required IReadOnlyDictionary<long, StoredObject> Entries { get; init; }

    /// <summary>The complete checkpoints, the newest first.</summary>
    public required IReadOnlyList<DeltaCheckpointFiles> Checkpoints { get; init; }

    /// <summary>The last version; -1 where there is none.</summary>
    public long Last { get; private init; } = -1;

    /// <summary>The name of an entry, for messages.</summary>
    public string EntryOf(long version) => Folder + DeltaNames.EntryOf(version);

    /// <summary>Lists a log.</summary>
    public static async Task<DeltaLogFiles> ListAsync(IObjectStore store, string folder, CancellationToken cancellation)
    {
        Dictionary<long, StoredObject> entries = [];
        List<DeltaCheckpointFiles> checkpoints = [];
        Dictionary<(long Version, int Count), SortedDictionary<int, StoredObject>> parts = [];
        await foreach (StoredObject found in store.ListAsync(folder, cancellation))
        {
            string name = found.Key[folder.Length..];
            if (DeltaNames.NumberOf(name) is not { } version) continue;
            if (entries.Count + checkpoints.Count + parts.Count > MostFiles)
                throw DeltaErrors.Damaged(folder, string.Create(CultureInfo.InvariantCulture, $"it has more than {MostFiles:N0} files."));
            if (DeltaNames.VersionOf(name) is not null) entries[version] = found;
            else if (PartOf(name) is { } part)
            {
                if (!parts.TryGetValue((version, part.Count), out SortedDictionary<int, StoredObject>? known))
                    parts[(version, part.Count)] = known = [];
                known[part.Number] = found;
            }
            else if (IsWhole(name)) checkpoints.Add(new DeltaCheckpointFiles(version, [found]));
        }

        checkpoints.AddRange(parts.Where(pair => pair.Value.Count == pair.Key.Count)
            .Select(pair => new DeltaCheckpointFiles(pair.Key.Version, [.. pair.Value.Values])));
        return new DeltaLogFiles
        {
            Folder = folder,
            Entries = entries,
            Checkpoints = [.. checkpoints.OrderByDescending(checkpoint => checkpoint.Version)],
            Last = entries.Keys.Concat(checkpoints.Select(checkpoint => checkpoint.Version)).DefaultIfEmpty(-1).Max(),
        };
    }

    /// <summary><c>N.checkpoint.parquet</c>, or of the second kind <c>N.checkpoint.UUID.json</c> or <c>.parquet</c>.</summary>
    private static bool IsWhole(string name) => name.Split('.') is [_, "checkpoint", "parquet"] or [_, "checkpoint", _, "json" or "parquet"] &&
        (name.EndsWith(Checkpoint + ".parquet", StringComparison.Ordinal) || Guid.TryParseExact(name.Split('.')[2], "D", out _));

    /// <summary><c>N.checkpoint.I.K.parquet</c>: part I of K.</summary>
    private static (int Number, int Count)? PartOf(string name) =>
        name.Split('.') is [_, "checkpoint", { Length: 10 } number, { Length: 10 } count, "parquet"]
        && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int i)
        && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int k) && i >= 1 && i <= k
            ? (i, k)
            : null;
}
