using System.Globalization;

namespace BatchScoring.Statistics;

/// <summary>
/// How far predicted probabilities are from outcomes. Summed over the sorted scores with compensation (Neumaier 1974), so a result does not
/// depend on the order of the rows.
/// </summary>
public static class ProbabilityLoss
{
    /// <summary>
    /// Mean of −ln p over bads and −ln(1 − p) over goods, in nats: 0 = perfect, 0.693 = always saying one half. Not clipped: a probability
    /// of exactly 0 for a bad, or 1 for a good, makes it infinite, which is what such a forecast deserves.
    /// </summary>
    /// <param name="ranked">Scores that are probabilities of bad.</param>
    /// <exception cref="StatisticsException">Code <c>STATISTICS_NOT_PROBABILITY</c>.</exception>
    public static double Logloss(RankedScores ranked) =>
        Mean(ranked, static (p, goods, bads) => Weighted(goods, -double.LogP1(-p)) + Weighted(bads, -Math.Log(p)));

    /// <summary>Mean squared distance of probability and outcome (Brier 1950): 0 = perfect, 0.25 = always saying one half.</summary>
    /// <param name="ranked">Scores that are probabilities of bad.</param>
    /// <exception cref="StatisticsException">Code <c>STATISTICS_NOT_PROBABILITY</c>.</exception>
    public static double Brier(RankedScores ranked) =>
        Mean(ranked, static (p, goods, bads) => (goods * p * p) + (bads * (1 - p) * (1 - p)));

    /// <summary>Zero rows weigh nothing, even where the loss is infinite.</summary>
    private static double Weighted(int rows, double loss) => rows == 0 ? 0 : rows * loss;

    private static double Mean(RankedScores ranked, Func<double, int, int, double> loss)
    {
        double sum = 0, rest = 0;
        for (int i = 0; i < ranked.Scores.Length; i++)
        {
            double p = ranked.Scores[i];
            if (!(p >= 0 && p <= 1)) ThrowNotProbability(p);
            double term = loss(p, ranked.GoodCounts[i], ranked.BadCounts[i]);
            if (double.IsInfinity(term)) return term;
            double next = sum + term;
            rest += Math.Abs(sum) >= Math.Abs(term) ? (sum - next) + term : (term - next) + sum;
            sum = next;
        }
        return (sum + rest) / ranked.Rows;
    }

    private static void ThrowNotProbability(double score) => throw new StatisticsException("STATISTICS_NOT_PROBABILITY",
        string.Create(CultureInfo.InvariantCulture,
            $"A score of {score:R} is not a probability: 0 to 1 is allowed here. Use the column of probabilities, not of raw scores."));
}
