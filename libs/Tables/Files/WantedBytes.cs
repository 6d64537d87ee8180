using BatchScoring.Core;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>What of a Parquet file must be there before a slice can be read, whoever reads it.</summary>
internal static class WantedBytes
{
    /// <summary>
    /// The slice's column chunks, each up to where the next one, or a Bloom filter, begins: readers go by the page headers, and a footer
    /// that makes a chunk too short (some old writers forgot the dictionary's header) must not send them into a hole, where bytes are zero.
    /// Of a file whose footer does not place them all it is the whole: then every reader finds what it finds in a folder.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="path">A local stand-in with its footer in place.</param>
    /// <param name="slice">What will be read.</param>
    public static IReadOnlyList<ByteRange> Of(InputFile file, string path, ParquetSlice slice)
    {
        using FileByteSource source = new(path);
        return ParquetFile.TryOpen(source, out _) is { } parquet && parquet.FindChunks() is { } chunks
            ? Of(file, parquet, chunks, slice)
            : [new ByteRange(0, file.Size)];
    }

    private static List<ByteRange> Of(InputFile file, ParquetFile parquet, IReadOnlyList<ChunkPlace> chunks, ParquetSlice slice)
    {
        var names = slice.Columns?.ToHashSet(StringComparer.Ordinal);
        long[] starts = [.. chunks.SelectMany(chunk => new[] { chunk.Offset, chunk.BloomOffset }).Order()];
        List<ByteRange> ranges = [];
        foreach (ChunkPlace chunk in chunks)
        {
            ParquetRowGroup group = parquet.RowGroups[chunk.Group];
            if (!slice.Meets(group.FirstRow, group.Rows) || names?.Contains(chunk.Column.Name) == false) continue;
            if (!chunk.IsInFile) return [new ByteRange(0, file.Size)];
            ranges.Add(new ByteRange(chunk.Offset, Math.Max(chunk.Length, Next(starts, chunk.Offset, file.Size) - chunk.Offset)));
            // A filter is a help only: DuckDB says what is wrong with one outside the file.
            ByteRange filter = new(chunk.BloomOffset, chunk.BloomLength);
            if (slice.WithBloomFilters && filter.IsWithin(file.Size)) ranges.Add(filter);
        }

        return ranges;
    }

    private static long Next(long[] starts, long start, long end)
    {
        int next = Array.BinarySearch(starts, start) + 1;
        while (next < starts.Length && starts[next] == start) next++;
        return next < starts.Length ? starts[next] : end;
    }
}
