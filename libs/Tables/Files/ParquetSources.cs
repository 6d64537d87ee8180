using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <summary>Opening the files of a dataset.</summary>
public static class ParquetSources
{
    /// <summary>Far more than there are cores: a remote file is mostly waited for.</summary>
    private const int AtOnce = 8;

    /// <summary>Opens files, several at once.</summary>
    /// <inheritdoc cref="IParquetSource.OpenAsync"/>
    /// <returns>A local path for each file, in their order.</returns>
    public static async Task<string[]> OpenAllAsync(
        this IParquetSource source, IObjectStore store, IReadOnlyList<InputFile> files, ParquetSlice slice, string scratch,
            CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(files);
        string[] paths = new string[files.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, paths.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation },
            async (i, stop) => paths[i] = await source.OpenAsync(store, files[i], slice, scratch, stop));
        return paths;
    }
}
