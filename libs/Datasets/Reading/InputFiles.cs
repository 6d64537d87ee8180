using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>Pins input files to the version that a plan saw, and tells later whether they still are.</summary>
public static class InputFiles
{
    /// <summary>A file as it is now: a key of the store, or an absolute path of a plain file.</summary>
    /// <exception cref="StoreException"><c>STORE_NOT_FOUND</c>.</exception>
    public static async Task<InputFile> DescribeAsync(IObjectStore store, string key, CancellationToken cancellation) =>
        await FindAsync(store, key, cancellation)
        ?? throw new StoreException(StorageErrors.NotFound,
            $"The input '{key}' is not there. Check the name, and whether something removed it.");

    /// <summary>Looks at every input again, as it must be before a publish.</summary>
    /// <param name="store">Where they are.</param>
    /// <param name="planned">As the plan saw them.</param>
    /// <param name="folder">The folder whose data files these were, or null (see <see cref="PublishRequest.InputFolder"/>).</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="DatasetException"><c>PUBLISH_INPUT_CHANGED</c>, with the first few changes.</exception>
    public static async Task CheckUnchangedAsync(
        IObjectStore store, IReadOnlyList<InputFile> planned, string? folder, CancellationToken cancellation)
    {
        List<string> changes = [];
        // One listing tells of all files of a folder; others take a request each.
        Dictionary<string, InputFile> listed = await ListAsync(store, folder, cancellation);
        var found = new InputFile?[planned.Count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = PendingParts.Parallel, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, planned.Count), options, async (i, stop) =>
            found[i] = listed.GetValueOrDefault(planned[i].Key) ?? await FindAsync(store, planned[i].Key, stop));
        foreach ((InputFile file, InputFile? now) in planned.Zip(found))
        {
            listed.Remove(file.Key);
            if (now is null) changes.Add($"'{file.Key}' is gone");
            else if (now.Size != file.Size || !string.Equals(now.Version, file.Version, StringComparison.Ordinal))
                changes.Add($"'{file.Key}' was written again");
        }
        changes.AddRange(listed.Keys.Select(key => $"'{key}' is new"));
        if (changes.Count == 0) return;
        throw new DatasetException(DatasetErrors.PublishInputChanged,
            $"The input changed while the run read it: {string.Join(", ", changes.Take(5))}"
            + (changes.Count > 5 ? string.Create(CultureInfo.InvariantCulture, $" and {changes.Count - 5} more") : "")
            + ". Nothing was published; run the command again when the input is complete.");
    }

    private static async Task<Dictionary<string, InputFile>> ListAsync(IObjectStore store, string? folder, CancellationToken cancellation)
    {
        Dictionary<string, InputFile> files = [];
        if (folder is null) return files;
        await foreach (StoredObject found in store.ListAsync(folder, cancellation))
        {
            if (DataFiles.IsDataFile(found.Key, folder))
                files[found.Key] = new InputFile { Key = found.Key, Size = found.Size, Version = found.Version };
        }
        return files;
    }

    private static async Task<InputFile?> FindAsync(IObjectStore store, string key, CancellationToken cancellation)
    {
        StoredObject? found = Path.IsPathRooted(key) ? LocalFiles.Head(key) : await store.HeadAsync(key, cancellation);
        return found is null ? null : new InputFile { Key = key, Size = found.Size, Version = found.Version };
    }
}
