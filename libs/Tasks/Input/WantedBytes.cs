using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tasks;

/// <summary>What of a Parquet file must be there before a slice can be read.</summary>
internal static class WantedBytes
{
    /// <summary>
    /// The slice's column chunks, each up to where the next one, or a Bloom filter, begins: readers go by the page headers, and a footer
    /// that makes a chunk too short (some old writers forgot the dictionary's header) must not send them into a hole, where bytes are zero.
    /// </summary>
    /// <inheritdoc cref="StoredChunks.Find"/>
    public static IEnumerable<ByteRange> Of(InputFile file, string path, ParquetSlice slice, CancellationToken cancellation)
    {
        List<StoredChunk> chunks = StoredChunks.Find(file, path, slice, cancellation);
        long[] starts = [.. chunks.SelectMany(chunk => new[] { chunk.Place.Offset, chunk.BloomFilter.Offset }).Order()];
        foreach (StoredChunk chunk in chunks.Where(chunk => chunk.Wanted))
        {
            yield return new ByteRange(chunk.Place.Offset, Math.Max(chunk.Place.Length, Next(starts, chunk.Place.Offset, file.Size) - chunk.Place.Offset));
            // A filter is a help only: DuckDB says what is wrong with one outside the file.
            if (slice.WithBloomFilters && chunk.BloomFilter.IsWithin(file.Size)) yield return chunk.BloomFilter;
        }
    }

    private static long Next(long[] starts, long start, long end)
    {
        int next = Array.BinarySearch(starts, start) + 1;
        while (next < starts.Length && starts[next] == start) next++;
        return next < starts.Length ? starts[next] : end;
    }
}
