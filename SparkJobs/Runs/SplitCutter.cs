using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>
/// Cuts a file into even splits: whole row groups, as many as make about 300 MB of decoded columns, about a million rows at the most. A split
/// costs as much as 30,000 rows beside its rows, so no file of the usual size leaves a small rest.
/// </summary>
internal static class SplitCutter
{
    private const long DecodedBytes = 300_000_000;
    private const long BytesPerValue = 4;

    /// <summary>A split's scores make one part, held in memory until it is written.</summary>
    private const long MostRows = 1_000_000;

    public static IEnumerable<SplitInput> Cut(ParquetFooter footer, IEnumerable<long> duplicateRows)
    {
        double rowsPerSplit = Math.Clamp(DecodedBytes / BytesPerValue / Math.Max(1, footer.Columns.Count), 1, MostRows);
        long[] duplicates = [.. duplicateRows.Order()];
        int wanted = (int)Math.Clamp(Math.Round(footer.RowGroups.Sum() / rowsPerSplit), 1, int.MaxValue);
        long first = 0;
        foreach (IReadOnlyList<long> groups in EvenCut.Of(footer.RowGroups, rows => rows, wanted))
        {
            (long from, long count) = (first, groups.Sum());
            first += count;
            if (count == 0) continue;
            yield return new SplitInput
            {
                File = footer.File,
                FirstRow = from,
                Rows = count,
                DuplicateRows = [.. duplicates.Where(row => row >= from && row < from + count)],
            };
        }
    }
}
