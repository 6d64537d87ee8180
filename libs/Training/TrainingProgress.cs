namespace BatchScoring.Training;

/// <summary>Where a training is.</summary>
/// <param name="Iteration">The one that ended, from 0.</param>
/// <param name="EvalMetric">What the best iteration is chosen by.</param>
/// <param name="Metrics">What was measured in it, of the learned rows first; between periods no more than early stopping needs.</param>
/// <param name="IsPeriod">Whether all metrics were to be measured in it.</param>
/// <param name="Best">The best iteration so far and its value; null without eval sets.</param>
/// <param name="Passed">Since the start.</param>
/// <param name="Remaining">Until all iterations are done, if they take as long as those before.</param>
public sealed record TrainingProgress(
    int Iteration, string EvalMetric, IReadOnlyList<MetricValue> Metrics, bool IsPeriod, BestIteration? Best, TimeSpan Passed,
    TimeSpan Remaining);

/// <summary>A measured value.</summary>
/// <param name="Metric">As CatBoost names it: <c>AUC</c>, <c>F:beta=0.5</c>.</param>
/// <param name="EvalSet">The number of the eval set; null: the rows that were learned from.</param>
/// <param name="Value">The value.</param>
public sealed record MetricValue(string Metric, int? EvalSet, double Value);

/// <summary>The best iteration of the eval metric on the last eval set: the first of equal ones.</summary>
/// <param name="Iteration">From 0.</param>
/// <param name="Value">What the metric was.</param>
public sealed record BestIteration(int Iteration, double Value);
