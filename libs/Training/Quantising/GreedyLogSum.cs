namespace BatchScoring.Training.Quantising;

/// <summary>
/// Chooses borders so that the logarithms of the bins' sizes add up to the most: bins are halved, best first. Bins of equal gain are taken
/// in the order of the heap of the C++ library that CatBoost is built with, since that order decides borders.
/// </summary>
/// <remarks>Source: the behaviour of CatBoost 1.2.10, GreedyLogSum.</remarks>
internal static class GreedyLogSum
{
    private const double Tiny = 1e-8;

    /// <param name="sorted">The values, ascending, duplicates kept, none missing.</param>
    /// <param name="count">Borders at most.</param>
    /// <returns>Ascending, all different.</returns>
    public static float[] Borders(float[] sorted, int count)
    {
        if (sorted.Length == 0) return [];
        BinHeap heap = new();
        heap.Push(BinOf(sorted, 0, sorted.Length));
        while (heap.Count <= count && heap.Top.IsSplittable)
        {
            Bin top = heap.Pop();
            heap.Push(BinOf(sorted, top.Start, top.Split));
            heap.Push(BinOf(sorted, top.Split, top.End));
        }

        return [.. heap.Bins.Where(bin => bin.Start > 0)
            .Select(bin => (0.5f * sorted[bin.Start - 1]) + (0.5f * sorted[bin.Start])).Select(border => border == 0 ? 0 : border).Distinct().Order()];
    }

    private static Bin BinOf(float[] values, int start, int end)
    {
        int middle = start + ((end - start) / 2);
        float value = values[middle];
        int lower = First(start, middle, at => values[at] >= value), upper = First(middle, end, at => values[at] > value);
        double lowerScore = Score(start, lower, end), upperScore = Score(start, upper, end);
        return lowerScore >= upperScore ? new Bin(start, end, lower, lowerScore) : new Bin(start, end, upper, upperScore);
    }

    private static double Score(int start, int split, int end) => split == start || split == end
        ? double.NegativeInfinity
        : Math.Log(split - start + Tiny) + Math.Log(end - split + Tiny) - Math.Log(end - start + Tiny);

    /// <summary>The first position from which on a rule holds, or the end.</summary>
    private static int First(int from, int to, Func<int, bool> holds)
    {
        while (from < to)
        {
            int middle = from + ((to - from) / 2);
            if (holds(middle)) to = middle;
            else from = middle + 1;
        }

        return from;
    }
}
