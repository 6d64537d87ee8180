using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>Finds the files of a Delta table, or of one of its partitions, as the log names them.</summary>
internal static class DeltaFolder
{
    /// <summary>Opens it.</summary>
    /// <param name="store">Where it lies.</param>
    /// <param name="table">The table's folder.</param>
    /// <param name="folder">The same, or a folder of its partitions.</param>
    /// <param name="wanted">Which version.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<FolderTable> OpenAsync(
        IObjectStore store, string table, string folder, WantedVersion wanted, CancellationToken cancellation)
    {
        string log = table + DeltaNames.Log;
        DeltaSnapshot snapshot = await DeltaSnapshot.ReadAsync(store, log, wanted, cancellation);
        LoggedFile[] files = [.. Within(snapshot, folder[table.Length..], folder, log).OrderBy(file => file.Path, KeyOrder.Instance)];
        IReadOnlyDictionary<string, StoredObject> found = await FindAsync(store, table, files, cancellation);
        List<FolderFile> made = [];
        long removed = 0;
        foreach (LoggedFile file in files)
        {
            string key = table + file.Path;
            if (!found.TryGetValue(key, out StoredObject? there)) throw DeltaErrors.File(key, "it is not there.");
            if (file.Size >= 0 && there.Size != file.Size)
            {
                throw DeltaErrors.File(key,
                    string.Create(CultureInfo.InvariantCulture, $"it has {there.Size:N0} bytes and the log says {file.Size:N0}."));
            }

            removed += file.Deletions?.Rows ?? 0;
            if (removed > DeletionVector.MostRows)
            {
                throw DeltaErrors.Feature(log, "deletionVectors", string.Create(CultureInfo.InvariantCulture,
                    $"more than {DeletionVector.MostRows:N0} rows are gone by them; that many are read at the most."));
            }

            made.Add(new FolderFile(new InputFile { Key = key, Size = there.Size, Version = there.Version })
            {
                Partitions = file.Partitions,
                Deletions = file.Deletions?.Id,
                RemovedRows = file.Deletions is { } vector ? await vector.RowsAsync(store, table, key, cancellation) : [],
            });
        }

        return new FolderTable(folder, made) { Version = snapshot.Version, Columns = snapshot.Columns };
    }

    /// <summary>The files whose partition values are those that the steps below the table's folder name.</summary>
    private static IEnumerable<LoggedFile> Within(DeltaSnapshot snapshot, string below, string folder, string log)
    {
        IEnumerable<LoggedFile> files = snapshot.Files;
        foreach (string step in below.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (PathColumns.Of(step) is not var (name, value)
                || snapshot.Columns.FirstOrDefault(column => column.IsPartition && column.Name == name) is not { } column)
                throw DeltaErrors.Part(folder, log);
            files = files.Where(file => file.Partitions.GetValueOrDefault(column.InFiles) == value);
        }

        return files;
    }

    /// <summary>One listing tells the sizes of all; only what the log names is kept of it.</summary>
    private static async Task<IReadOnlyDictionary<string, StoredObject>> FindAsync(
        IObjectStore store, string table, LoggedFile[] files, CancellationToken cancellation)
    {
        Dictionary<string, StoredObject> found = new(StringComparer.Ordinal);
        if (files.Length == 0) return found;
        HashSet<string> keys = new(files.Select(file => table + file.Path), StringComparer.Ordinal);
        string first = keys.Min(StringComparer.Ordinal)!, last = keys.Max(StringComparer.Ordinal)!;
        int same = 0;
        while (same < Math.Min(first.Length, last.Length) && first[same] == last[same]) same++;
        // A folder, so that no character is cut in two.
        string prefix = first[..(first[..same].LastIndexOf('/') + 1)];
        await foreach (StoredObject there in store.ListAsync(prefix, cancellation))
            if (keys.Contains(there.Key)) found[there.Key] = there;
        return found;
    }
}
