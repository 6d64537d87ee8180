using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Storage;

namespace BatchScoring.Tasks;

/// <summary>Reads from a footer where all column chunks lie: with our own reader, which is much the faster, or DuckDB where that declines.</summary>
internal static class StoredChunks
{
    /// <param name="file">What messages name.</param>
    /// <param name="path">A local file with its footer in place.</param>
    /// <param name="slice">What will be read.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="BatchScoringException"><c>INPUT_CORRUPT</c>: the footer cannot be read, or leads out of the file.</exception>
    public static List<StoredChunk> Find(InputFile file, string path, ParquetSlice slice, CancellationToken cancellation)
    {
        var columns = slice.Columns?.ToHashSet(StringComparer.Ordinal);
        return ByOwnReader(path, slice, columns) ?? ByDuckDb(file, path, slice, columns, cancellation);
    }

    private static List<StoredChunk>? ByOwnReader(string path, ParquetSlice slice, HashSet<string>? names)
    {
        using FileByteSource source = new(path);
        if (ParquetFile.TryOpen(source, out _) is not { } parquet) return null;
        ParquetColumn[] columns = [.. parquet.Columns];
        if (Array.Exists(columns, column => column.Type == ParquetType.None)) return null;
        bool[] wanted = [.. columns.Select(column => names is null || names.Contains(column.Name))];
        var chunks = new ColumnChunk[columns.Length];
        List<StoredChunk> places = [];
        for (int group = 0; group < parquet.RowGroups.Count; group++)
        {
            if (parquet.Locate(group, columns, chunks) is not null) return null;
            bool inSlice = slice.Meets(parquet.RowGroups[group].FirstRow, parquet.RowGroups[group].Rows);
            places.AddRange(chunks.Zip(wanted, (chunk, isWanted) => new StoredChunk(
                new ByteRange(chunk.Offset, chunk.Length), new ByteRange(chunk.BloomOffset, chunk.BloomLength), isWanted && inSlice)));
        }

        return places;
    }

    private static List<StoredChunk> ByDuckDb(
        InputFile file, string path, ParquetSlice slice, HashSet<string>? columns, CancellationToken cancellation)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = 1 });
        using DuckConnection connection = database.Connect();
        List<StoredChunk> places = [];
        try
        {
            using DuckResult result = connection.Query(
                $"""
                SELECT path_in_schema, row_group_id, row_group_num_rows,
                    least(coalesce(nullif(dictionary_page_offset, 0), data_page_offset), data_page_offset), total_compressed_size,
                    coalesce(bloom_filter_offset, 0), CAST(coalesce(bloom_filter_length, 0) AS BIGINT)
                FROM parquet_metadata({DuckSql.File(path)})
                """, cancellation);
            RowGroups groups = new();
            while (result.NextChunk() is { } chunk)
            {
                for (int row = 0; row < chunk.Rows; row++)
                {
                    long Number(int column) => chunk.Values<long>(column)[row];
                    bool wanted = slice.Meets(groups.FirstRow(Number(1), Number(2)), Number(2))
                        && (columns is null || Holds(columns, chunk.Values<DuckText>(0)[row].ToString()));
                    places.Add(Checked(file, new StoredChunk(new ByteRange(Number(3), Number(4)), new ByteRange(Number(5), Number(6)), wanted)));
                }
            }
        }
        catch (DuckDbException e)
        {
            throw InputErrors.Corrupt(file.Key, "", e.DuckText, e);
        }

        return places;
    }

    /// <summary>Nested columns have paths like "a, list, element"; a flat column's name may hold a comma too.</summary>
    private static bool Holds(HashSet<string> columns, string path) =>
        columns.Contains(path) || columns.Contains(path.Split(", ", 2)[0]);

    private static StoredChunk Checked(InputFile file, StoredChunk chunk) =>
        !chunk.Wanted || chunk.Place.IsWithin(file.Size)
            ? chunk
            : throw InputErrors.Corrupt(file.Key, "",
                $"its footer names a column chunk of {chunk.Place.Length} bytes at {chunk.Place.Offset}, outside the file.");

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
