namespace BatchScoring.Tables;

/// <summary>A piece of an object.</summary>
internal readonly record struct ByteRange(long Offset, long Length)
{
    /// <summary>
    /// Whether it lies in a Parquet file of that size, behind the magic number. Nothing that a footer says is taken for granted.
    /// </summary>
    public bool IsWithin(long size) => Offset >= 4 && Length >= 0 && Offset <= size - Length;

    /// <summary>What of it lies before an offset; may be empty.</summary>
    public ByteRange Before(long end) => new(Offset, Math.Clamp(end - Offset, 0, Length));

    /// <summary>Joins ranges that touch or nearly touch, and cuts what is too long for one request. Empty ranges vanish.</summary>
    /// <param name="ranges">In any order; may overlap.</param>
    /// <param name="gap">Holes up to this many bytes are filled.</param>
    /// <param name="most">The longest result.</param>
    public static IEnumerable<ByteRange> Join(IEnumerable<ByteRange> ranges, long gap, int most)
    {
        long start = 0;
        long end = -1;
        foreach (ByteRange range in ranges.Where(range => range.Length > 0).OrderBy(range => range.Offset))
        {
            if (end >= 0 && range.Offset > end + gap)
            {
                foreach (ByteRange piece in Cut(start, end, most)) yield return piece;
                end = -1;
            }

            if (end < 0) start = range.Offset;
            end = Math.Max(end, range.Offset + range.Length);
        }

        if (end < 0) yield break;
        foreach (ByteRange piece in Cut(start, end, most)) yield return piece;
    }

    private static IEnumerable<ByteRange> Cut(long start, long end, int most)
    {
        for (; start < end; start += most) yield return new ByteRange(start, Math.Min(most, end - start));
    }
}
