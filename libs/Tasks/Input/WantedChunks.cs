using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Storage;

namespace BatchScoring.Tasks;

/// <summary>Finds out where a Parquet file keeps the column chunks of a slice.</summary>
internal static class WantedChunks
{
    /// <param name="file">What messages name.</param>
    /// <param name="path">A local file with its footer in place.</param>
    /// <param name="slice">What will be read.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_CORRUPT</c>: the footer cannot be read, or leads out of the file.</exception>
    public static List<ByteRange> Find(InputFile file, string path, ParquetSlice slice, CancellationToken cancellation)
    {
        HashSet<string>? columns = slice.Columns?.ToHashSet(StringComparer.Ordinal);
        return ByOwnReader(path, slice, columns) ?? ByDuckDb(file, path, slice, columns, cancellation);
    }

    /// <summary>Ours is much the faster, but declines footers.</summary>
    private static List<ByteRange>? ByOwnReader(string path, ParquetSlice slice, HashSet<string>? columns)
    {
        using FileByteSource source = new(path);
        if (ParquetFile.TryOpen(source, out _) is not { } parquet) return null;
        ParquetColumn[] wanted = [.. parquet.Columns.Where(column => columns is null || columns.Contains(column.Name))];
        if (wanted.Any(column => column.Type == ParquetType.None)) return null;
        List<ByteRange> ranges = [];
        ColumnChunk[] chunks = new ColumnChunk[wanted.Length];
        for (int group = 0; group < parquet.RowGroups.Count; group++)
        {
            if (!Holds(slice, parquet.RowGroups[group].FirstRow, parquet.RowGroups[group].Rows)) continue;
            if (parquet.Locate(group, wanted, chunks) is not null) return null;
            ranges.AddRange(chunks.Select(chunk => new ByteRange(chunk.Offset, chunk.Length)));
        }

        return ranges;
    }

    private static List<ByteRange> ByDuckDb(
        InputFile file, string path, ParquetSlice slice, HashSet<string>? columns, CancellationToken cancellation)
    {
        using DuckDatabase database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        List<ByteRange> ranges = [];
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
                    bool wanted = Holds(slice, first, chunk.Values<long>(2)[row])
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

    private static bool Holds(ParquetSlice slice, long first, long rows) =>
        first < slice.FirstRow + Math.Min(slice.Rows, long.MaxValue - slice.FirstRow) && first + rows > slice.FirstRow;

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
