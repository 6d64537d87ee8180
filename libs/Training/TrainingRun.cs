namespace BatchScoring.Training;

/// <summary>What surrounds a training and changes no tree of it: eval sets, progress, when to stop, where to write.</summary>
public sealed record TrainingRun
{
    /// <summary>Rows to measure on, with the columns of the learn table in the same order; the last set decides the best iteration.</summary>
    public IReadOnlyList<LearnTable> EvalSets { get; init; } = [];

    /// <summary>Told of every iteration, on the thread that trains.</summary>
    public Action<TrainingProgress>? Progress { get; init; }

    /// <summary>Training ends with the tree that grows then; null: none.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>What times are taken from.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>Where a training is.</summary>
/// <param name="Iteration">The one that ended, from 0.</param>
/// <param name="Metrics">What was measured in it; none between periods.</param>
/// <param name="BestIteration">So far; null without eval sets.</param>
/// <param name="Passed">Since the start.</param>
/// <param name="Remaining">Until all iterations are done, if they take as long as those before.</param>
public sealed record TrainingProgress(
    int Iteration, IReadOnlyList<MetricValue> Metrics, int? BestIteration, TimeSpan Passed, TimeSpan Remaining);

/// <summary>A measured value.</summary>
/// <param name="Metric">As CatBoost names it: <c>AUC</c>, <c>F:beta=0.5</c>.</param>
/// <param name="EvalSet">The number of the eval set; null: the rows that were learned from.</param>
/// <param name="Value">The value.</param>
public sealed record MetricValue(string Metric, int? EvalSet, double Value);
