namespace BatchScoring.Statistics;

/// <summary>The χ² distribution. Thread safe.</summary>
public static class ChiSquared
{
    /// <summary>The chance of a value above <paramref name="x"/>.</summary>
    /// <param name="x">The value; 0 or below gives 1.</param>
    /// <param name="degrees">Degrees of freedom; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 1 degree of freedom, or a value that is not a number.</exception>
    public static double Tail(double x, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (double.IsNaN(x)) throw new ArgumentOutOfRangeException(nameof(x), x, "A number is needed.");
        return double.IsPositiveInfinity(x) ? 0 : SpecialFunctions.GammaUpper(degrees / 2.0, x / 2);
    }

    /// <summary>The value that is exceeded with the chance <paramref name="tail"/>.</summary>
    /// <param name="tail">Above 0, below 1: 0.05 gives the 95 % point.</param>
    /// <param name="degrees">Degrees of freedom; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A tail outside 0 … 1, or fewer than 1 degree of freedom.</exception>
    public static double Quantile(double tail, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        if (!(tail > 0 && tail < 1)) throw new ArgumentOutOfRangeException(nameof(tail), tail, "A chance above 0 and below 1 is needed.");
        double low = 0, high = degrees + 10.0;
        while (Tail(high, degrees) > tail) high *= 2;
        for (int step = 0; step < 200; step++)
        {
            double middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high) break;
            if (Tail(middle, degrees) > tail) low = middle;
            else high = middle;
        }

        return high;
    }
}
