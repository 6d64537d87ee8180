namespace BatchScoring.Training.Objectives;

/// <summary>How CatBoost cuts rows when it sums losses: the last bits, and with them the model, depend on it.</summary>
internal static class LossBlocks
{
    private const int SmallTable = 10_000, LargeTable = 100_000;

    /// <summary>Parts of equal size, as many as CatBoost would make with so many threads.</summary>
    public static int Count(int threads, int rows)
    {
        int size = rows is > SmallTable and < LargeTable ? 1000 : SmallTable;
        return Math.Max(1, Math.Min(threads, (rows + size - 1) / size));
    }

    /// <summary>The ranges of rows of the parts, in order.</summary>
    public static IEnumerable<(int Start, int End)> Of(int rows, int count)
    {
        int size = (rows + count - 1) / count;
        for (int start = 0; start < rows; start += size) yield return (start, Math.Min(start + size, rows));
    }
}
