namespace BatchScoring.Training.Metrics;

/// <summary>A metric as one training measures it.</summary>
/// <param name="Name">As CatBoost writes it in its logs.</param>
/// <param name="Metric">The formula.</param>
/// <param name="UsesWeights">Whether rows count by their weights.</param>
/// <param name="IsMeasuredOnLearn">Whether it is worth its time on the rows that are learned from.</param>
internal sealed record Measure(string Name, IMetric Metric, bool UsesWeights, bool IsMeasuredOnLearn)
{
    public double Of(MetricRows rows) => Metric.Of(UsesWeights ? rows : rows with { Weights = null });
}
