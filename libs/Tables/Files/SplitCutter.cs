using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>
/// Cuts a file into even splits: whole row groups, as many as make about 300 MB of decoded columns, about a million rows at the most. A
/// split costs as much as 30,000 rows beside its rows, so no file of the usual size leaves a small rest.
/// </summary>
public static class SplitCutter
{
    private const long DecodedBytes = 300_000_000;
    private const long BytesPerValue = 4;

    /// <summary>A split's scores make one part, held in memory until it is written.</summary>
    private const long MostRows = 1_000_000;

    /// <summary>The splits of a file, in its order; row groups without rows vanish.</summary>
    /// <param name="file">The file and the version it has.</param>
    /// <param name="columns">How many columns it has.</param>
    /// <param name="rowGroups">Rows of each row group.</param>
    /// <param name="duplicateRows">Rows whose key came before, see <see cref="SplitInput.DuplicateRows"/>; in any order.</param>
    public static IEnumerable<SplitInput> Cut(InputFile file, int columns, IReadOnlyList<long> rowGroups, IEnumerable<long> duplicateRows)
    {
        double rowsPerSplit = Math.Clamp(DecodedBytes / BytesPerValue / Math.Max(1, columns), 1, MostRows);
        long[] duplicates = [.. duplicateRows.Order()];
        int wanted = (int)Math.Clamp(Math.Round(rowGroups.Sum() / rowsPerSplit), 1, int.MaxValue);
        long first = 0;
        foreach (IReadOnlyList<long> groups in EvenCut.Of(rowGroups, rows => rows, wanted))
        {
            (long from, long count) = (first, groups.Sum());
            first += count;
            if (count == 0) continue;
            yield return new SplitInput
            {
                File = file,
                FirstRow = from,
                Rows = count,
                DuplicateRows = [.. duplicates.Where(row => row >= from && row < from + count)],
            };
        }
    }
}
