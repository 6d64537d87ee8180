namespace BatchScoring.Statistics;

/// <summary>
/// The population stability index of counts in the same bins: Σ (a − e) · ln(a ÷ e), e and a being the shares before and now. Bins that are
/// empty on both sides do not count; a bin that is empty on one side counts half a row there, the totals staying as they are.
/// </summary>
/// <param name="Value">The index; 0 = the same shares.</param>
/// <param name="Limit">
/// (1/n + 1/m) · χ²₀.₉₅(bins − 1): two samples of one population stay below it in 95 % of all cases (from about 20 rows a bin). 0 for one
/// bin.
/// </param>
/// <param name="Bins">Bins that counted.</param>
public readonly record struct PopulationStability(double Value, double Limit, int Bins)
{
    /// <summary>From here on, by habit, a shift is watched.</summary>
    public const double Watch = 0.10;

    /// <summary>Above this, by habit, somebody acts.</summary>
    public const double Act = 0.25;

    /// <summary>Whether the shift is more than chance explains.</summary>
    public bool BeyondChance => Value > Limit;

    /// <summary>Compares two counts over the same bins.</summary>
    /// <param name="reference">Rows per bin before.</param>
    /// <param name="current">Rows per bin now.</param>
    /// <exception cref="ArgumentException">The bins differ in number, a count is negative, or one side has no rows.</exception>
    public static PopulationStability Of(ReadOnlySpan<long> reference, ReadOnlySpan<long> current)
    {
        if (reference.Length != current.Length)
            throw new ArgumentException($"{reference.Length} bins before, but {current.Length} now.", nameof(current));
        double before = Total(reference), now = Total(current);
        double sum = 0;
        int bins = 0;
        for (int bin = 0; bin < reference.Length; bin++)
        {
            if (reference[bin] == 0 && current[bin] == 0) continue;
            bins++;
            double e = Share(reference[bin], before), a = Share(current[bin], now);
            sum += (a - e) * Math.Log(a / e);
        }

        double limit = bins < 2 ? 0 : ((1 / before) + (1 / now)) * ChiSquared.Quantile(0.05, bins - 1);
        return new PopulationStability(sum, limit, bins);
    }

    /// <summary>
    /// Compares two histograms with the same bins, joined to at most ten groups of about equal count before; scores outside the range
    /// belong to the group at that end, missing ones are a group of their own.
    /// </summary>
    /// <param name="reference">Scores before.</param>
    /// <param name="current">Scores now.</param>
    /// <exception cref="ArgumentException">The bins are not the same, or one side has no rows.</exception>
    public static PopulationStability Of(ScoreHistogram reference, ScoreHistogram current)
    {
        if (!reference.HasBinsOf(current))
            throw new ArgumentException("Only histograms with the same bins can be compared.", nameof(current));
        (long Before, long Now)[] bins = [.. reference.Counts.Zip(current.Counts)];
        bins[0] = (bins[0].Before + reference.Below, bins[0].Now + current.Below);
        bins[^1] = (bins[^1].Before + reference.Above, bins[^1].Now + current.Above);
        return OfGroups(bins, reference.Missing, current.Missing, reference.Total - reference.Missing);
    }

    /// <summary>Bins are joined until a group has its tenth of the rows before.</summary>
    private static PopulationStability OfGroups((long Before, long Now)[] bins, long missingBefore, long missingNow, long all)
    {
        List<long> before = [missingBefore], now = [missingNow];
        long heldBefore = 0, heldNow = 0, seen = 0;
        foreach ((long binBefore, long binNow) in bins)
        {
            heldBefore += binBefore;
            heldNow += binNow;
            seen += binBefore;
            if (heldBefore == 0 || seen * 10 < all * before.Count || before.Count >= 10) continue;
            before.Add(heldBefore);
            now.Add(heldNow);
            (heldBefore, heldNow) = (0, 0);
        }

        before.Add(heldBefore);
        now.Add(heldNow);
        return Of(before.ToArray(), now.ToArray());
    }

    /// <summary>
    /// Compares values of any size, whose bins are joined to at most ten groups of about equal count before; missing ones are a group of
    /// their own.
    /// </summary>
    /// <param name="reference">Values before.</param>
    /// <param name="current">Values now.</param>
    /// <exception cref="ArgumentException">One side has no rows.</exception>
    public static PopulationStability Of(MagnitudeHistogram reference, MagnitudeHistogram current)
    {
        IReadOnlyDictionary<int, long> before = reference.Counts, now = current.Counts;
        int[] bins = [.. before.Keys.Union(now.Keys).Order()];
        return OfGroups(
            [.. bins.Select(bin => (before.GetValueOrDefault(bin), now.GetValueOrDefault(bin)))],
            reference.Missing, current.Missing, reference.Total);
    }

    private static double Total(ReadOnlySpan<long> counts)
    {
        long total = 0;
        foreach (long count in counts) total += count >= 0 ? count : throw new ArgumentException("A count is negative.", nameof(counts));
        return total > 0 ? total : throw new ArgumentException("One side has no rows.", nameof(counts));
    }

    private static double Share(long count, double total) => (count == 0 ? 0.5 : count) / total;
}
