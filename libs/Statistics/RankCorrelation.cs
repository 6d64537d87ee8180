namespace BatchScoring.Statistics;

/// <summary>How alike two orders of the same rows are. Thread safe.</summary>
public static class RankCorrelation
{
    /// <summary>
    /// Spearman's ρ: Pearson's correlation of the mid-ranks, counted in integers up to the last division. 1 = the same order, −1 = the
    /// reverse, 0 = nothing in common.
    /// </summary>
    /// <param name="first">One score per row; infinities are scores like any other.</param>
    /// <param name="second">The other score of the same rows.</param>
    /// <returns>Null where one side holds a single value (or no rows), which has no order.</returns>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    /// <exception cref="StatisticsException">Code <c>STATISTICS_SCORE_NAN</c>.</exception>
    public static double? Spearman(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        if (first.Length != second.Length)
            throw new ArgumentException($"{first.Length} scores, but {second.Length} others.", nameof(second));
        long[] a = TwiceRanks(first), b = TwiceRanks(second);
        // Mid-ranks have the mean (n + 1) ÷ 2: twice the distance to it is a whole number.
        Int128 ab = 0, aa = 0, bb = 0;
        for (int i = 0; i < a.Length; i++)
        {
            long x = a[i] - a.Length - 1, y = b[i] - b.Length - 1;
            ab += (Int128)x * y;
            aa += (Int128)x * x;
            bb += (Int128)y * y;
        }

        if (aa == 0 || bb == 0) return null;
        return aa == bb ? (double)ab / (double)aa : Math.Clamp((double)ab / (Math.Sqrt((double)aa) * Math.Sqrt((double)bb)), -1, 1);
    }

    private static long[] TwiceRanks(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        int[] order = new int[sorted.Length];
        for (int i = 0; i < order.Length; i++)
        {
            if (double.IsNaN(sorted[i])) ThrowNaN(i);
            order[i] = i;
        }

        Array.Sort(sorted, order);
        long[] ranks = new long[sorted.Length];
        for (int from = 0; from < sorted.Length;)
        {
            int to = from;
            while (to < sorted.Length && sorted[to] == sorted[from]) to++;
            for (int i = from; i < to; i++) ranks[order[i]] = (long)from + 1 + to;
            from = to;
        }

        return ranks;
    }

    private static void ThrowNaN(int row) => throw new StatisticsException("STATISTICS_SCORE_NAN",
        FormattableString.Invariant(
            $"The score of row {row} (counted from 0) is not a number. Ranks need a score for every row: leave rows without one out."));
}
