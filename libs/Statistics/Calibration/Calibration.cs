namespace BatchScoring.Statistics;

/// <summary>
/// Whether predicted probabilities are right: do as many turn out bad as were said to? Sums run over the sorted scores, so no result
/// depends on the order of the rows.
/// </summary>
public static class Calibration
{
    /// <summary>Logits of 0 and 1 are infinite: for the line, probabilities are cut here.</summary>
    private const double Cut = 1e-12;

    private const int Groups = 10;
    private const int MaxSteps = 100;

    /// <summary>Σp ÷ bads: 1 = right on the whole, above 1 = more bads were promised than came.</summary>
    /// <param name="ranked">Scores that are probabilities of bad.</param>
    public static double InTheLarge(RankedScores ranked) => Promised(ranked, 0, ranked.Scores.Length) / ranked.Bads;

    /// <summary>What was promised and what came, band by band.</summary>
    /// <param name="ranked">Scores that are probabilities of bad.</param>
    /// <param name="edges">Where one band ends and the next begins, ascending; an edge belongs to the upper one.</param>
    /// <returns>One more than there are edges, the safest first; bands may be empty.</returns>
    public static IReadOnlyList<CalibrationBand> ByBand(RankedScores ranked, IReadOnlyList<double> edges)
    {
        var bands = new List<CalibrationBand>(edges.Count + 1);
        int from = 0;
        for (int band = 0; band <= edges.Count; band++)
        {
            double end = band < edges.Count ? edges[band] : double.PositiveInfinity;
            int to = from;
            while (to < ranked.Scores.Length && ranked.Scores[to] < end) to++;
            bands.Add(Band(ranked, from, to) with { From = band == 0 ? double.NegativeInfinity : edges[band - 1], To = end });
            from = to;
        }

        return bands;
    }

    /// <summary>The test over ten groups of about equal count; equal scores stay together, as in the gain table.</summary>
    /// <param name="ranked">Scores that are probabilities of bad.</param>
    /// <returns>Null where ties leave fewer than three groups.</returns>
    public static HosmerLemeshow? Test(RankedScores ranked)
    {
        double[] edges = [.. GainTable.Create(ranked, Groups).Select(group => group.MinScore).Reverse().Skip(1)];
        if (edges.Length < 2) return null;
        double sum = 0;
        foreach (CalibrationBand band in ByBand(ranked, edges))
        {
            double expected = band.MeanProbability * band.Rows, difference = band.Bads - expected;
            if (difference != 0) sum += difference * difference / (expected * (1 - band.MeanProbability));
        }

        int degrees = edges.Length - 1;
        return new HosmerLemeshow(sum, degrees, ChiSquared.Tail(sum, degrees));
    }

    /// <summary>Slope and intercept by Newton's method, unpenalised.</summary>
    /// <param name="ranked">Scores that are probabilities of bad.</param>
    /// <returns>Null where one probability stands for all rows, or where goods and bads are separated and no line exists.</returns>
    public static CalibrationLine? Line(RankedScores ranked)
    {
        if (ranked.Scores.Length < 2) return null;
        double[] logits = [.. ranked.Scores.ToArray().Select(p => Math.Clamp(p, Cut, 1 - Cut)).Select(p => Math.Log(p) - double.LogP1(-p))];
        // From no slope at all Newton's steps do not overshoot, whichever way the scores point.
        double intercept = Math.Log(ranked.Bads / (double)ranked.Goods), slope = 0;
        for (int step = 0; step < MaxSteps; step++)
        {
            (double up, double turn) = NewtonStep(ranked, logits, intercept, slope);
            intercept += up;
            slope += turn;
            if (!double.IsFinite(intercept + slope)) return null;
            if (Math.Abs(up) + Math.Abs(turn) < 1e-12 * (1 + Math.Abs(intercept) + Math.Abs(slope)))
                return new CalibrationLine(intercept, slope);
        }

        return null;
    }

    private static (double Intercept, double Slope) NewtonStep(RankedScores ranked, double[] logits, double intercept, double slope)
    {
        double g0 = 0, g1 = 0, h00 = 0, h01 = 0, h11 = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double q = 1 / (1 + Math.Exp(-(intercept + (slope * logits[i]))));
            double rows = ranked.GoodCounts[i] + (double)ranked.BadCounts[i];
            double rest = ranked.BadCounts[i] - (rows * q), weight = rows * q * (1 - q);
            g0 += rest;
            g1 += rest * logits[i];
            h00 += weight;
            h01 += weight * logits[i];
            h11 += weight * logits[i] * logits[i];
        }

        double determinant = (h00 * h11) - (h01 * h01);
        return (((g0 * h11) - (g1 * h01)) / determinant, ((g1 * h00) - (g0 * h01)) / determinant);
    }

    private static CalibrationBand Band(RankedScores ranked, int from, int to)
    {
        long goods = 0, bads = 0;
        for (int i = from; i < to; i++)
        {
            goods += ranked.GoodCounts[i];
            bads += ranked.BadCounts[i];
        }

        return new CalibrationBand
        {
            From = 0,
            To = 0,
            Rows = goods + bads,
            Bads = bads,
            MeanProbability = Promised(ranked, from, to) / (goods + bads)
        };
    }

    private static double Promised(RankedScores ranked, int from, int to)
    {
        double sum = 0;
        for (int i = from; i < to; i++) sum += ranked.Scores[i] * (ranked.GoodCounts[i] + (double)ranked.BadCounts[i]);
        return sum;
    }
}
