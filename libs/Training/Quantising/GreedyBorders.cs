namespace BatchScoring.Training.Quantising;

/// <summary>
/// Chooses borders so that the logarithms of the bins' sizes add up to the most: bins are halved, best first. Bins of equal gain are taken
/// in the order of the heap of the C++ library that CatBoost is built with, since that order decides borders.
/// </summary>
/// <remarks>Source: the behaviour of CatBoost 1.2.10, GreedyLogSum.</remarks>
internal sealed class GreedyBorders
{
    private readonly ArraySegment<float> _sorted;
    private readonly Func<double, double> _penalty;

    private GreedyBorders(ArraySegment<float> sorted, Func<double, double> penalty) => (_sorted, _penalty) = (sorted, penalty);

    /// <param name="sorted">The values, ascending, duplicates kept, none missing.</param>
    /// <param name="count">Borders at most.</param>
    /// <param name="penalty">Of a bin's rows.</param>
    public static IEnumerable<float> Of(ArraySegment<float> sorted, int count, Func<double, double> penalty) => new GreedyBorders(sorted,
        penalty).Borders(count);

    private IEnumerable<float> Borders(int count)
    {
        BinHeap heap = new();
        heap.Push(BinOf(0, _sorted.Count));
        while (heap.Count <= count && heap.Top.IsSplittable)
        {
            Bin top = heap.Pop();
            heap.Push(BinOf(top.Start, top.Split));
            heap.Push(BinOf(top.Split, top.End));
        }

        return heap.Bins.Where(bin => bin.Start > 0).Select(bin => (0.5f * _sorted[bin.Start - 1]) + (0.5f * _sorted[bin.Start]));
    }

    private Bin BinOf(int start, int end)
    {
        int middle = start + ((end - start) / 2);
        float value = _sorted[middle];
        int lower = start + SortedValues.FirstFrom(_sorted.AsSpan(start, middle - start), value);
        int upper = middle + SortedValues.FirstAfter(_sorted.AsSpan(middle, end - middle), value);
        double lowerScore = Score(start, lower, end), upperScore = Score(start, upper, end);
        return lowerScore >= upperScore ? new Bin(start, end, lower, lowerScore) : new Bin(start, end, upper, upperScore);
    }

    private double Score(int start, int split, int end) => split == start || split == end
        ? double.NegativeInfinity
        : -_penalty(split - start) - _penalty(end - split) + _penalty(end - start);
}
