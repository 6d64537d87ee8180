using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tables;

/// <inheritdoc cref="IParquetSource"/>
public sealed class ParquetSource : IParquetSource
{
    /// <inheritdoc/>
    public async Task<string> OpenAsync(
        IObjectStore store, InputFile file, ParquetSlice slice, string scratch, CancellationToken cancellation)
    {
        await using ArrivingFile arriving = await BeginAsync(store, file, slice, scratch, cancellation);
        await arriving.WaitForAllAsync();
        return arriving.Path;
    }

    /// <summary>As <see cref="OpenAsync"/>, but back as soon as the footer is there.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    /// <returns>The file; owned by the caller.</returns>
    public async Task<ArrivingFile> BeginAsync(
        IObjectStore store, InputFile file, ParquetSlice slice, string scratch, CancellationToken cancellation)
    {
        slice = slice.In(file);
        if (Path.IsPathRooted(file.Key))
        {
            using IObjectStore folder = ObjectStores.Open(new StoreOptions { Root = Path.GetDirectoryName(file.Key)! });
            await CheckAsync(folder, Path.GetFileName(file.Key), file, cancellation);
            return ArrivingFile.Whole(file.Key);
        }

        if (store.LocalPath(file.Key) is not { } path) return await SparseParquet.BeginAsync(store, file, slice, scratch, cancellation);
        await CheckAsync(store, file.Key, file, cancellation);
        return ArrivingFile.Whole(path);
    }

    private static async Task CheckAsync(IObjectStore store, string key, InputFile planned, CancellationToken cancellation)
    {
        StoredObject? found = await store.HeadAsync(key, cancellation);
        if (found is null) throw InputErrors.Changed(planned.Key, "it is gone.");
        if (found.Size != planned.Size) throw InputErrors.Changed(planned.Key, $"it has {found.Size} bytes, planned were {planned.Size}.");
        if (found.Version != planned.Version)
            throw InputErrors.Changed(planned.Key, $"its version is {found.Version}, planned was {planned.Version}.");
    }
}
