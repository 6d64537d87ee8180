namespace BatchScoring.Training.Metrics;

/// <summary>The area under precision over recall.</summary>
internal static class PrecisionRecallCurve
{
    private const double Same = 1e-8;

    /// <summary>Borders go from below upward; predictions that are almost equal to their neighbour go together.</summary>
    public static double Area(MetricRows rows)
    {
        double[] scores = [.. rows.Raw[0]];
        int[] order = ScoreOrder.Sort(scores);
        double all = order.Sum(row => rows.IsPositive(row) ? (double)rows.WeightOf(row) : 0), found = all,
            wrong = order.Sum(row => rows.IsPositive(row) ? 0 : (double)rows.WeightOf(row));
        double recall = 1, precision = 0, area = 0;
        for (int at = 0; at <= scores.Length; at++)
        {
            if (at == 0 || at == scores.Length || scores[at] - scores[at - 1] >= Same)
            {
                double nextRecall = all > 0 ? found / all : 1, nextPrecision = found + wrong > 0 && at < scores.Length
                    ? found / (found + wrong) : 1;
                area += (recall - nextRecall) * (precision + nextPrecision) / 2;
                (recall, precision) = (nextRecall, nextPrecision);
            }

            if (at == scores.Length) break;
            if (rows.IsPositive(order[at])) found -= rows.WeightOf(order[at]);
            else wrong -= rows.WeightOf(order[at]);
        }

        return area;
    }
}
