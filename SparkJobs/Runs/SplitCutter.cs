using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>Cuts a file into splits: whole row groups, as many as make about 300 MB of decoded columns, a million rows at the most.</summary>
internal static class SplitCutter
{
    private const long DecodedBytes = 300_000_000;
    private const long BytesPerValue = 4;

    /// <summary>A split's scores make one part, held in memory until it is written.</summary>
    private const long MostRows = 1_000_000;

    public static IEnumerable<SplitInput> Cut(ParquetFooter footer, IEnumerable<long> duplicateRows)
    {
        long rowsPerSplit = Math.Clamp(DecodedBytes / BytesPerValue / Math.Max(1, footer.Columns.Count), 1, MostRows);
        long[] duplicates = [.. duplicateRows.Order()];
        long first = 0, rows = 0;
        foreach (long group in footer.RowGroups)
        {
            if (rows > 0 && rows + group > rowsPerSplit)
            {
                yield return Split(first, rows);
                first += rows;
                rows = 0;
            }

            rows += group;
        }

        if (rows > 0) yield return Split(first, rows);

        SplitInput Split(long from, long count) => new()
        {
            File = footer.File,
            FirstRow = from,
            Rows = count,
            DuplicateRows = [.. duplicates.Where(row => row >= from && row < from + count)],
        };
    }
}
