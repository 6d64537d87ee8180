namespace BatchScoring.Training.Metrics;

/// <summary>The mean of a number per row.</summary>
/// <param name="value">Of a row's raw value and label.</param>
/// <param name="total">What is told of the mean; null: itself.</param>
internal sealed class MeanMetric(Func<double, float, double> value, Func<double, double>? total = null) : IMetric
{
    public bool IsLargerBetter => false;

    public double Of(MetricRows rows)
    {
        double[] raw = rows.Raw[0];
        float[] labels = rows.Targets[0];
        double mean = rows.Mean(row => value(raw[row], labels[row]));
        return total is null ? mean : total(mean);
    }
}

/// <summary>A number of all rows together.</summary>
internal sealed class TableMetric(bool isLargerBetter, Func<MetricRows, double> value) : IMetric
{
    public bool IsLargerBetter => isLargerBetter;

    public double Of(MetricRows rows) => value(rows);
}
