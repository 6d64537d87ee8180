namespace BatchScoring.Statistics;

/// <summary>
/// Quantiles with linear interpolation: at position p · (n − 1) of the sorted values, counted from 0; between −∞ and a number lies −∞.
/// </summary>
public static class Quantiles
{
    /// <summary>One quantile.</summary>
    /// <param name="sorted">Ascending, no NaN; at least one value.</param>
    /// <param name="p">0 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No values, or a share outside 0 … 1.</exception>
    public static double Linear(ReadOnlySpan<double> sorted, double p)
    {
        if (sorted.IsEmpty) throw new ArgumentOutOfRangeException(nameof(sorted), "At least one value is needed.");
        if (!(p >= 0 && p <= 1)) throw new ArgumentOutOfRangeException(nameof(p), p, "A share from 0 to 1 is needed.");
        double position = p * (sorted.Length - 1);
        int below = (int)position;
        double rest = position - below, low = sorted[below];
        if (rest == 0 || sorted[below + 1] == low || double.IsNegativeInfinity(low)) return low;
        double high = sorted[below + 1], step = high - low;
        return double.IsFinite(step) ? low + (rest * step) : (low * (1 - rest)) + (high * rest);
    }
}
