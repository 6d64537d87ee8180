namespace BatchScoring.Statistics;

/// <summary>
/// The 95 % interval of a KS: ± 1.358 · √(1/bads + 1/goods), Kolmogorov's bound for every cut-off at once. KS is the largest of many gaps,
/// so an interval for the one cut-off where it was found would hold the true value far too seldom; this one holds it at least as often as
/// it says.
/// </summary>
/// <param name="Lower">Lower bound, 0 to 1.</param>
/// <param name="Upper">Upper bound, 0 to 1.</param>
public readonly record struct KsInterval(double Lower, double Upper)
{
    /// <summary>The 95 % point of Kolmogorov's distribution.</summary>
    private const double Point = 1.3580986393225507;

    /// <summary>Makes the interval.</summary>
    /// <param name="ranked">Scores with outcomes.</param>
    public static KsInterval Of(RankedScores ranked)
    {
        double ks = Discrimination.Ks(ranked).Value, half = Point * Math.Sqrt((1.0 / ranked.Bads) + (1.0 / ranked.Goods));
        return new KsInterval(Math.Max(0, ks - half), Math.Min(1, ks + half));
    }
}
