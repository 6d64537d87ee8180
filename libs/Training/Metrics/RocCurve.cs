namespace BatchScoring.Training.Metrics;

/// <summary>The area under the curve of found against falsely found rows, by sorting once and counting.</summary>
internal static class RocCurve
{
    /// <summary>Ties count half; 0 if a side is empty.</summary>
    /// <param name="scores">By row; sorted in place.</param>
    /// <param name="sides">Weight of each row as a positive and as a negative one.</param>
    public static double Area(double[] scores, (double Positive, double Negative)[] sides)
    {
        int[] order = ScoreOrder.Sort(scores);
        double pairs = 0, positive = 0, negative = 0;
        for (int start = 0; start < scores.Length;)
        {
            double tiedPositive = 0, tiedNegative = 0;
            int end = start;
            for (; end < scores.Length && scores[end].Equals(scores[start]); end++)
            {
                tiedPositive += sides[order[end]].Positive;
                tiedNegative += sides[order[end]].Negative;
            }

            pairs += tiedPositive * (negative + (tiedNegative / 2));
            positive += tiedPositive;
            negative += tiedNegative;
            start = end;
        }

        return positive > 0 && negative > 0 ? pairs / (positive * negative) : 0;
    }

    /// <summary>Of labels that may be probabilities.</summary>
    public static double Area(MetricRows rows) => Area(
        [.. rows.Raw[0]], Sides(rows, row => rows.Targets[0][row]));

    /// <summary>Of rows with a label above a half against the others.</summary>
    public static double Gini(MetricRows rows) => (2 * Area([.. rows.Raw[0]], Sides(rows, row => rows.IsPositive(row) ? 1 : 0))) - 1;

    /// <summary>Of a class's probability among all, its rows against the others.</summary>
    public static double OfClass(MetricRows rows, int one)
    {
        double[] scores = new double[rows.Count], raw = new double[rows.Raw.Length], p = new double[raw.Length];
        for (int row = 0; row < scores.Length; row++)
        {
            rows.CopyRow(row, raw);
            Models.CatBoost.Predictions.Formulas.Softmax(raw, 1, raw.Length, p);
            scores[row] = p[one];
        }

        return Area(scores, Sides(rows, row => (int)rows.Targets[0][row] == one ? 1 : 0));
    }

    /// <summary>The mean over all pairs of classes of how well the difference of their outputs parts them.</summary>
    public static double Mu(MetricRows rows)
    {
        int classes = rows.Raw.Length;
        double sum = 0;
        for (int one = 0; one < classes; one++)
        {
            for (int other = one + 1; other < classes; other++)
            {
                int[] both = [.. Enumerable.Range(0, rows.Count).Where(row =>
                    (int)rows.Targets[0][row] == one || (int)rows.Targets[0][row] == other)];
                sum += Area(
                    [.. both.Select(row => rows.Raw[one][row] - rows.Raw[other][row])],
                    [.. both.Select(row => (int)rows.Targets[0][row] == one ? ((double)rows.WeightOf(row), 0d) : (0, rows.WeightOf(row)))]);
            }
        }

        return sum * 2 / (classes * (classes - 1));
    }

    private static (double Positive, double Negative)[] Sides(MetricRows rows, Func<int, double> positive)
    {
        var sides = new (double, double)[rows.Count];
        for (int row = 0; row < sides.Length; row++)
            sides[row] = (positive(row) * rows.WeightOf(row), (1 - positive(row)) * rows.WeightOf(row));
        return sides;
    }
}
