namespace BatchScoring.Statistics;

/// <summary>Wilson's score interval of a proportion (Wilson 1927): sensible also for few trials and for rates near 0 or 1.</summary>
/// <param name="Lower">Lower bound, 0 to 1.</param>
/// <param name="Upper">Upper bound, 0 to 1.</param>
public readonly record struct WilsonInterval(double Lower, double Upper)
{
    /// <summary>The normal distribution's 97.5 % point, for 95 % confidence.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The 95 % interval.</summary>
    /// <param name="successes">0 to <paramref name="trials"/>.</param>
    /// <param name="trials">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is out of its range.</exception>
    public static WilsonInterval Of(long successes, long trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        double n = trials, p = successes / n, z2 = Z * Z;
        double centre = (p + (z2 / (2 * n))) / (1 + (z2 / n));
        double half = Z / (1 + (z2 / n)) * Math.Sqrt((p * (1 - p) / n) + (z2 / (4 * n * n)));
        return new WilsonInterval(successes == 0 ? 0 : centre - half, successes == trials ? 1 : centre + half);
    }
}
