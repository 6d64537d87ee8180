using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Metrics;

/// <summary>Metrics that no mean over rows makes.</summary>
internal static class TableLosses
{
    private const double LargeError = 12;

    public static double Smape(MetricRows rows)
    {
        double sum = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double y = rows.Targets[0][row], a = rows.Raw[0][row], size = Math.Abs(a) + Math.Abs(y);
            if (size > 0) sum += 200 * rows.WeightOf(row) * Math.Abs(y - a) / size;
        }

        return sum / rows.Weight;
    }

    /// <summary>Through a logarithm of single precision, as CatBoost does here.</summary>
    public static double LogCosh(MetricRows rows)
    {
        double sum = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double error = Math.Abs(rows.Targets[0][row] - rows.Raw[0][row]);
            sum += error < LargeError ? rows.WeightOf(row) * FastLog.Of((float)Math.Cosh(error))
                : rows.WeightOf(row) * (error - FastLog.Of(2));
        }

        return sum / rows.Weight;
    }

    public static double R2(MetricRows rows)
    {
        float[] labels = rows.Targets[0];
        double mean = rows.Mean(row => labels[row]);
        double left = rows.Sum(row => Square(labels[row] - rows.Raw[0][row])), all = rows.Sum(row => Square(labels[row] - mean));
        return 1 - (left / all);
    }

    public static double MedianAbsoluteError(MetricRows rows)
    {
        double[] errors = [.. Enumerable.Range(0, rows.Count).Select(row => Math.Abs(rows.Targets[0][row] - rows.Raw[0][row])).Order()];
        return (errors[(errors.Length - 1) / 2] + errors[errors.Length / 2]) / 2;
    }

    /// <summary>What the rows with a label above a half weigh against what the model expects of them.</summary>
    public static double CtrFactor(MetricRows rows) =>
        rows.Sum(row => rows.IsPositive(row) ? 1 : 0) / rows.Sum(row => RowLosses.Sigmoid(rows.Raw[0][row]));

    /// <summary>What the model knows beyond the mean of the labels, per positive row.</summary>
    public static double LogLikelihood(MetricRows rows)
    {
        float[] labels = rows.Targets[0];
        double positive = rows.Sum(row => labels[row]), share = positive / rows.Weight,
            odds = Math.Log(share / (1 - share));
        return rows.Sum(row => RowLosses.Logloss(odds, labels[row]) - RowLosses.Logloss(rows.Raw[0][row], labels[row])) / positive;
    }

    public static double MultiClass(MetricRows rows) => OfRaw(rows, (raw, row) =>
        -(raw[(int)rows.Targets[0][row]] - LogSum(raw)));

    public static double OneVsAll(MetricRows rows) => OfRaw(rows, (raw, row) =>
    {
        double sum = 0;
        for (int k = 0; k < raw.Length; k++) sum += RowLosses.Logloss(raw[k], (int)rows.Targets[0][row] == k ? 1 : 0);
        return sum / raw.Length;
    });

    /// <summary>How far the own class's output is above the largest other.</summary>
    public static double MultiHinge(MetricRows rows) => OfRaw(rows, (raw, row) =>
    {
        int own = (int)rows.Targets[0][row];
        double other = double.NegativeInfinity;
        for (int k = 0; k < raw.Length; k++) if (k != own) other = Math.Max(other, raw[k]);
        return Math.Max(0, 1 - (raw[own] - other));
    });

    public static double MultiRmse(MetricRows rows)
    {
        double sum = 0;
        for (int k = 0; k < rows.Raw.Length; k++) sum += rows.Sum(row => Square(rows.Targets[k][row] - rows.Raw[k][row]));
        return Math.Sqrt(sum / rows.Weight);
    }

    public static double MultiLogloss(MetricRows rows)
    {
        double sum = 0;
        for (int k = 0; k < rows.Raw.Length; k++) sum += rows.Sum(row => RowLosses.Logloss(rows.Raw[k][row], rows.Targets[k][row]));
        return sum / rows.Raw.Length / rows.Weight;
    }

    public static double Uncertainty(MetricRows rows) => OfRaw(rows, (raw, row) =>
        0.9189385332046 + raw[1] + (0.5 * Math.Exp(-2 * raw[1]) * Square(raw[0] - rows.Targets[0][row])));

    private static double OfRaw(MetricRows rows, Func<double[], int, double> value)
    {
        double[] raw = new double[rows.Raw.Length];
        return rows.Mean(row =>
        {
            rows.CopyRow(row, raw);
            return value(raw, row);
        });
    }

    private static double LogSum(double[] raw)
    {
        double largest = raw.Max();
        return largest + Math.Log(raw.Sum(one => Math.Exp(one - largest)));
    }

    private static double Square(double value) => value * value;
}
