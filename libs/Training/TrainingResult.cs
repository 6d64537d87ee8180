using BatchScoring.Models;

namespace BatchScoring.Training;

/// <summary>A model, and how it came about.</summary>
/// <param name="Model">The model.</param>
/// <param name="Curves">What was measured.</param>
/// <param name="Best">The best of the eval metric on the last eval set; null without eval sets.</param>
/// <param name="TrainedTrees">How many trees grew; the model may have fewer.</param>
/// <param name="End">Why training ended.</param>
public sealed record TrainingResult(CatBoostModel Model, TrainingCurves Curves, BestIteration? Best, int TrainedTrees, TrainingEnd End);

/// <summary>What was measured while a model grew.</summary>
/// <param name="Iterations">Those in which anything was measured, ascending.</param>
/// <param name="Curves">One per set and metric: first of the learn rows, then of each eval set; the eval metric first in each.</param>
public sealed record TrainingCurves(IReadOnlyList<int> Iterations, IReadOnlyList<MetricCurve> Curves)
{
    internal static TrainingCurves None { get; } = new([], []);
}

/// <summary>A metric on a set of rows.</summary>
/// <param name="Metric">As CatBoost names it.</param>
/// <param name="EvalSet">The number of the eval set; null: the rows that were learned from.</param>
/// <param name="IsLargerBetter">Whether the best value is the largest.</param>
/// <param name="Points">Iteration and value, ascending.</param>
public sealed record MetricCurve(string Metric, int? EvalSet, bool IsLargerBetter, IReadOnlyList<(int Iteration, double Value)> Points);

/// <summary>Why a training ended.</summary>
public enum TrainingEnd
{
    /// <summary>All iterations are done.</summary>
    Complete,

    /// <summary>The eval metric got no better.</summary>
    EarlyStop,

    /// <summary>The time was over.</summary>
    TimeLimit,

    /// <summary>It was asked to.</summary>
    Cancelled,

    /// <summary>The next tree had a leaf that is no finite number, probably for want of l2_leaf_reg; it was left out.</summary>
    Degenerate,
}
