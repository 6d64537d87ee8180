namespace BatchScoring.Training.Quantising;

/// <summary>
/// Borders whose bins have the best sum of penalties of all, by dynamic programming over the distinct values. Among equal ones CatBoost's
/// search decides, so it is followed step by step.
/// </summary>
/// <remarks>Source: the behaviour of CatBoost 1.2.10, MaxLogSum and MinEntropy.</remarks>
internal sealed class OptimalBorders
{
    private const double Tolerance = 1e-12;
    private readonly float[] _counts;
    private readonly Func<double, double> _penalty;
    private readonly int _width, _level;
    private readonly double[] _left;

    private OptimalBorders(float[] counts, Func<double, double> penalty, int width, int level, double[] left) =>
        (_counts, _penalty, _width, _level, _left) = (counts, penalty, width, level, left);

    /// <param name="sorted">The values, ascending.</param>
    /// <param name="count">Borders at most.</param>
    /// <param name="penalty">Of a bin's rows.</param>
    public static IEnumerable<float> Of(ArraySegment<float> sorted, int count, Func<double, double> penalty)
    {
        List<float> values = [], counts = [];
        for (int i = 0; i < sorted.Count; i++)
        {
            if (i + 1 < sorted.Count && sorted[i + 1] == sorted[i]) continue;
            values.Add(sorted[i]);
            counts.Add(i + 1);
        }

        int[] splits = values.Count <= count + 1
            ? [.. Enumerable.Range(0, values.Count - 1)]
            : Splits([.. counts], count, penalty);
        return splits.Select(split => (values[split] + values[split + 1]) / 2);
    }

    private static int[] Splits(float[] counts, int borders, Func<double, double> penalty)
    {
        int width = counts.Length - borders;
        double[] best = [.. Enumerable.Range(0, width).Select(j => penalty(counts[j]))];
        int[][] back = new int[borders][];
        for (int level = 0; level < borders - 1; level++)
            (best, back[level]) = new OptimalBorders(counts, penalty, width, level, best).Level();
        OptimalBorders last = new(counts, penalty, width, borders - 1, best);
        int k = Enumerable.Range(0, width).MinBy(i => last.Cost(i, width - 1));
        int[] splits = new int[borders];
        splits[^1] = k + borders - 1;
        for (int level = borders - 2; level >= 0; level--)
        {
            k = back[level][k];
            splits[level] = k + level;
        }

        return splits;
    }

    private double Cost(int i, int j) => _left[i] + _penalty(_counts[_level + j + 1] - _counts[_level + i]);

    private (double[] Best, int[] Back) Level()
    {
        int[] low = new int[_width], high = new int[_width];
        double[] lowCost = new double[_width], highCost = new double[_width];
        for (int j = 0, i = 0; j < _width; j++)
        {
            double current = Cost(i, j);
            while (i + 1 <= j && Cost(i + 1, j) is var next && next <= current + Tolerance) (i, current) = (i + 1, next);
            (low[j], lowCost[j]) = (i, current);
        }

        for (int j = _width - 1, i = _width - 1; j >= 0; j--)
        {
            i = Math.Min(i, j);
            (high[j], highCost[j], i) = Search(j, i, -1, low[j], lowCost[j]);
        }

        for (int k = 0; k < _width; k++) Close(k, low, lowCost, high, highCost);
        return (lowCost, low);
    }

    /// <summary>Narrows what is not decided yet, from both sides in turn.</summary>
    private void Close(int k, int[] low, double[] lowCost, int[] high, double[] highCost)
    {
        while (low[k] + 1 < high[k])
        {
            int i = low[k] + 2, end = k;
            for (; end < _width && low[end] < i; end++) (low[end], lowCost[end], i) = Search(end, i, 1, high[end], highCost[end]);
            i = high[end - 1] - 2;
            for (int j = end - 1; j >= k; j--) (high[j], highCost[j], i) = Search(j, i, -1, low[j], lowCost[j]);
        }
    }

    /// <summary>The last of a run of costs that do not rise, seen from one side; or the limit, where none is better.</summary>
    private (int At, double Cost, int Pointer) Search(int j, int i, int direction, int limit, double limitCost)
    {
        for (; (limit - i) * direction >= 2; i += direction)
        {
            double current = Cost(i, j);
            if (!(current + Tolerance < limitCost)) continue;
            while ((limit - (i + direction)) * direction >= 2 && Cost(i + direction, j) is var next && next <= current + Tolerance)
                (i, current) = (i + direction, next);
            return (i, current, i);
        }

        return (limit, limitCost, limit);
    }
}
