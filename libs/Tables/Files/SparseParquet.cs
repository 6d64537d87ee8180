using System.Buffers;
using System.Buffers.Binary;
using BatchScoring.Core;
using BatchScoring.Storage;
using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tables;

/// <summary>
/// A local file of the object's size in which only the footer and the wanted column chunks are filled in; the rest are holes that take no
/// space. Whoever reads only those chunks cannot tell the difference.
/// </summary>
internal static class SparseParquet
{
    /// <summary>Fetched at once from the end: nearly always the whole footer (of 100,000 rows x 770 columns it has 330 KB).</summary>
    internal const int TailBytes = 512 * 1024;

    private const int PieceBytes = 4 * 1024 * 1024;

    /// <summary>Holes smaller than this are fetched along: a request costs more.</summary>
    private const int GapBytes = 256 * 1024;

    private static readonly int MostRequests = 8 * Environment.ProcessorCount;

    /// <summary>New ones for every piece would be garbage faster than it is collected: hundreds of MB.</summary>
    private static readonly ArrayPool<byte> _buffers = ArrayPool<byte>.Create(PieceBytes, MostRequests);

    /// <summary>Of all files together: each holds a buffer.</summary>
    private static readonly SemaphoreSlim _room = new(MostRequests);

    /// <summary>Fetches the footer, and begins to fetch the chunks.</summary>
    public static async Task<ArrivingFile> BeginAsync(
        IObjectStore store, InputFile file, ParquetSlice slice, string scratch, CancellationToken cancellation)
    {
        string path = Path.Combine(scratch, $"input-{Guid.NewGuid():N}.parquet");
        SafeFileHandle local = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        try
        {
            RandomAccess.SetLength(local, file.Size);
            long there = await FetchEndAsync(store, file, local, cancellation);
            IEnumerable<ByteRange> wanted = WantedBytes.Of(file, path, slice).Select(range => range.Before(there));
            return new ArrivingFile(path, local, ByteRange.Join(wanted, GapBytes, PieceBytes), (range, stop) =>
                CopyAsync(store, file, local, range, stop), cancellation);
        }
        catch
        {
            local.Dispose();
            throw;
        }
    }

    /// <returns>From where on the file is there.</returns>
    private static async Task<long> FetchEndAsync(IObjectStore store, InputFile file, SafeFileHandle local, CancellationToken cancellation)
    {
        if (file.Size < 12) throw InputErrors.Corrupt(file.Key, "", $"it has only {file.Size} bytes and is no Parquet file.");
        byte[] tail = new byte[Math.Min(TailBytes, file.Size)];
        await ReadAsync(store, file, file.Size - tail.Length, tail, cancellation);
        if (!tail.AsSpan()[^4..].SequenceEqual("PAR1"u8))
            throw InputErrors.Corrupt(file.Key, "", "it does not end as a Parquet file does.");
        long footer = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan()[^8..]) + 8L;
        if (footer > file.Size - 4) throw InputErrors.Corrupt(file.Key, "", $"its footer claims {footer} of {file.Size} bytes.");
        RandomAccess.Write(local, "PAR1"u8, 0);
        RandomAccess.Write(local, tail, file.Size - tail.Length);
        foreach (ByteRange range in ByteRange.Join([new ByteRange(file.Size - footer, footer - tail.Length)], 0, PieceBytes))
            await CopyAsync(store, file, local, range, cancellation);
        return file.Size - Math.Max(footer, tail.Length);
    }

    private static async Task CopyAsync(
        IObjectStore store, InputFile file, SafeFileHandle local, ByteRange range, CancellationToken cancellation)
    {
        await _room.WaitAsync(cancellation);
        byte[] buffer = _buffers.Rent((int)range.Length);
        try
        {
            Memory<byte> bytes = buffer.AsMemory(0, (int)range.Length);
            await ReadAsync(store, file, range.Offset, bytes, cancellation);
            await RandomAccess.WriteAsync(local, bytes, range.Offset, cancellation);
        }
        finally
        {
            _buffers.Return(buffer);
            _room.Release();
        }
    }

    private static async Task ReadAsync(IObjectStore store, InputFile file, long offset, Memory<byte> bytes, CancellationToken cancellation)
    {
        try
        {
            await store.ReadRangeAsync(file.Key, file.Version, offset, bytes, cancellation);
        }
        catch (StoreException e) when (e.Is(StorageErrors.Changed, StorageErrors.NotFound, StorageErrors.Truncated))
        {
            throw InputErrors.Changed(file.Key, e.Message);
        }
    }
}
