using System.Buffers.Binary;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Storage;
using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Tasks;

/// <summary>
/// A local file of the object's size in which only the footer and the wanted column chunks are filled in; the rest are holes that take no
/// space. Whoever reads only those chunks cannot tell the difference.
/// </summary>
internal static class SparseParquet
{
    /// <summary>Fetched at once from the end: nearly always the whole footer.</summary>
    private const int TailBytes = 256 * 1024;

    private const int PieceBytes = 8 * 1024 * 1024;

    /// <summary>Holes smaller than this are fetched along: a request costs more.</summary>
    private const int GapBytes = 256 * 1024;

    private const int Requests = 8;

    public static async Task<string> FetchAsync(
        IObjectStore store, InputFile file, ParquetSlice slice, string scratch, CancellationToken cancellation)
    {
        string path = Path.Combine(scratch, $"input-{Guid.NewGuid():N}.parquet");
        using SafeFileHandle local = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        RandomAccess.SetLength(local, file.Size);
        try
        {
            await FetchFooterAsync(store, file, local, cancellation);
            await Parallel.ForEachAsync(
                ByteRange.Join(WantedChunks(file, path, slice, cancellation), GapBytes, PieceBytes),
                new ParallelOptions { MaxDegreeOfParallelism = Requests, CancellationToken = cancellation },
                async (range, stop) => await CopyAsync(store, file, local, range, stop));
        }
        catch (StoreException e) when (e.Code is "STORE_CHANGED" or "STORE_NOT_FOUND" or "STORE_TRUNCATED")
        {
            throw InputErrors.Changed(file.Key, e.Message);
        }

        return path;
    }

    private static async Task FetchFooterAsync(IObjectStore store, InputFile file, SafeFileHandle local, CancellationToken cancellation)
    {
        if (file.Size < 12) throw InputErrors.Corrupt(file.Key, "", $"it has only {file.Size} bytes and is no Parquet file.");
        byte[] tail = new byte[Math.Min(TailBytes, file.Size)];
        await store.ReadRangeAsync(file.Key, file.Version, file.Size - tail.Length, tail, cancellation);
        if (!tail.AsSpan()[^4..].SequenceEqual("PAR1"u8)) throw InputErrors.Corrupt(file.Key, "", "it does not end as a Parquet file does.");
        long footer = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan()[^8..]) + 8L;
        if (footer > file.Size - 4) throw InputErrors.Corrupt(file.Key, "", $"its footer claims {footer} of {file.Size} bytes.");
        RandomAccess.Write(local, "PAR1"u8, 0);
        RandomAccess.Write(local, tail, file.Size - tail.Length);
        foreach (ByteRange range in ByteRange.Join([new ByteRange(file.Size - footer, footer - tail.Length)], 0, PieceBytes))
            await CopyAsync(store, file, local, range, cancellation);
    }

    private static async Task CopyAsync(
        IObjectStore store, InputFile file, SafeFileHandle local, ByteRange range, CancellationToken cancellation)
    {
        byte[] bytes = new byte[range.Length];
        await store.ReadRangeAsync(file.Key, file.Version, range.Offset, bytes, cancellation);
        await RandomAccess.WriteAsync(local, bytes, range.Offset, cancellation);
    }

    private static List<ByteRange> WantedChunks(InputFile file, string path, ParquetSlice slice, CancellationToken cancellation)
    {
        using DuckDatabase database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        List<ByteRange> ranges = [];
        HashSet<string>? columns = slice.Columns?.ToHashSet(StringComparer.Ordinal);
        try
        {
            using DuckResult result = connection.Query(
                $"""
                SELECT path_in_schema, row_group_id, row_group_num_rows,
                    least(coalesce(nullif(dictionary_page_offset, 0), data_page_offset), data_page_offset), total_compressed_size
                FROM parquet_metadata({DuckSql.Literal(path)})
                """, cancellation);
            RowGroups groups = new();
            while (result.NextChunk() is { } chunk)
            {
                for (int row = 0; row < chunk.Rows; row++)
                {
                    long first = groups.FirstRow(chunk.Values<long>(1)[row], chunk.Values<long>(2)[row]);
                    bool wanted = first < slice.FirstRow + Math.Min(slice.Rows, long.MaxValue - slice.FirstRow)
                        && first + chunk.Values<long>(2)[row] > slice.FirstRow
                        && (columns is null || Holds(columns, chunk.Values<DuckText>(0)[row].ToString()));
                    if (wanted) ranges.Add(Checked(file, chunk.Values<long>(3)[row], chunk.Values<long>(4)[row]));
                }
            }
        }
        catch (DuckDbException e)
        {
            throw InputErrors.Corrupt(file.Key, "", e.DuckText, e);
        }

        return ranges;
    }

    /// <summary>Nested columns have paths like "a, list, element"; a flat column's name may hold a comma too.</summary>
    private static bool Holds(HashSet<string> columns, string path) =>
        columns.Contains(path) || columns.Contains(path.Split(", ", 2)[0]);

    private static ByteRange Checked(InputFile file, long offset, long length) => offset >= 4 && length >= 0 && offset <= file.Size - length
        ? new ByteRange(offset, length)
        : throw InputErrors.Corrupt(file.Key, "", $"its footer names a column chunk of {length} bytes at {offset}, outside the file.");

    /// <summary>First rows of row groups, for rows that come group by group.</summary>
    private sealed class RowGroups
    {
        private long _group = -1;
        private long _first;
        private long _next;

        public long FirstRow(long group, long rows)
        {
            if (group != _group) (_group, _first, _next) = (group, _next, _next + rows);
            return _first;
        }
    }
}
