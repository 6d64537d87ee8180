using BatchScoring.Training.Metrics;

namespace BatchScoring.Training;

/// <summary>Parameters that do not go together.</summary>
internal static class ParameterRules
{
    private const int UsualLeaves = 31;

    private static readonly LossFunction[] FromAverage =
    [
        LossFunction.RMSE, LossFunction.Logloss, LossFunction.CrossEntropy, LossFunction.Quantile, LossFunction.MAE, LossFunction.MAPE,
        LossFunction.MultiRMSE,
    ];

    private static readonly LossFunction[] WithClasses = [LossFunction.Logloss, LossFunction.MultiClass, LossFunction.MultiClassOneVsAll];

    private static readonly LossFunction[] Exact = [LossFunction.Quantile, LossFunction.MAE, LossFunction.MAPE, LossFunction.LogCosh];

    public static void Check(FitParameters all, IReadOnlyDictionary<string, ParameterValue> given)
    {
        Sampling(all.Training, given);
        Leaves(all.Training, given);
        Classes(all, given);
        if (given.ContainsKey("od_pval") && all.Training.OdType == OdType.Iter)
            throw Clash("od_pval is given, and od_type is Iter, which knows no such value. Leave od_pval out, or take od_type IncToDec.");
        Measures.Check(all.Training);
    }

    private static void Sampling(TrainingParameters training, IReadOnlyDictionary<string, ParameterValue> given)
    {
        if (given.ContainsKey("subsample") && training.BootstrapType is BootstrapType.No or BootstrapType.Bayesian)
            throw Clash($"subsample is given, and bootstrap_type {training.BootstrapType} takes all rows. "
                + "Leave subsample out, or take bootstrap_type MVS or Bernoulli.");
        if (given.ContainsKey("bagging_temperature") && training.BootstrapType is BootstrapType.No or BootstrapType.Bernoulli)
            throw Clash($"bagging_temperature is given, and bootstrap_type {training.BootstrapType} has none. "
                + "Leave bagging_temperature out, or take bootstrap_type Bayesian.");
    }

    private static void Leaves(TrainingParameters training, IReadOnlyDictionary<string, ParameterValue> given)
    {
        LossFunction loss = training.Loss.Function;
        if (training.LeafEstimationMethod == LeafEstimationMethod.Exact && !Exact.Contains(loss))
            throw Clash($"leaf_estimation_method Exact goes with {string.Join(", ", Exact)}, and the loss is {loss}.");
        if (training.LeafEstimationMethod == LeafEstimationMethod.Newton && (loss is LossFunction.Quantile or LossFunction.MAE or LossFunction.MAPE
            || (loss == LossFunction.Lq && training.Loss.Number("q") < 2)))
            throw Clash($"leaf_estimation_method Newton needs a second derivative, and {loss}{(loss == LossFunction.Lq ? " with q below 2" : "")} "
                + "has none. Take Gradient.");
        if (loss == LossFunction.Huber && training is { LeafEstimationIterations: > 1, LeafEstimationBacktracking: not LeafEstimationBacktracking.No })
            throw Clash("leaf_estimation_iterations is more than 1 with the loss Huber: CatBoost takes every such step back, and its model never learns. "
                + "Leave it out, or take leaf_estimation_backtracking No.");
        if (training.BoostFromAverage == true && !FromAverage.Contains(loss))
            throw Clash($"boost_from_average is true; it may be so with {string.Join(", ", FromAverage)}, and the loss is {loss}. Leave it out.");
        if (given.TryGetValue("max_leaves", out ParameterValue? leaves) && leaves.Whole(1) is var most && most != UsualLeaves
            && most != 1 << training.Depth)
            throw Clash(FormattableString.Invariant(
                $"{leaves.Name} is {most}, and the leaves of symmetric trees are 2 to the power of depth, here {1 << training.Depth}. Leave it out."));
        Shrinking(training);
    }

    private static void Shrinking(TrainingParameters training)
    {
        double kept = training.ModelShrinkRate * (double)(training.LearningRate ?? 0);
        if (training.ModelShrinkRate < 0 || (training.ModelShrinkMode == ModelShrinkMode.Constant && kept is < 0 or >= 1))
            throw Clash(FormattableString.Invariant($"model_shrink_rate is {training.ModelShrinkRate}; times the learning rate it must be from 0 and below 1."));
    }

    private static void Classes(FitParameters all, IReadOnlyDictionary<string, ParameterValue> given)
    {
        LossFunction loss = all.Training.Loss.Function;
        string[] weights = [.. new[] { "class_weights", "auto_class_weights", "scale_pos_weight" }.Where(name => given.ContainsKey(name)
            && (name != "auto_class_weights" || all.Training.AutoClassWeights != AutoClassWeights.None))];
        if (weights.Length > 1) throw Clash($"{string.Join(" and ", weights)} each weight the classes. Leave all but one out.");
        if (weights is ["scale_pos_weight"] && loss != LossFunction.Logloss)
            throw Clash($"scale_pos_weight goes with the loss Logloss, and the loss is {loss}.");
        if (weights.Length > 0 && !WithClasses.Contains(loss))
            throw Clash($"{weights[0]} goes with {string.Join(", ", WithClasses)}, and the loss is {loss}.");
        if (all.Classes.Count > 0 && loss is not (LossFunction.MultiClass or LossFunction.MultiClassOneVsAll))
            throw Clash($"classes_count goes with MultiClass and MultiClassOneVsAll, and the loss is {loss}.");
        if (all.Classes.TargetBorder is not null && all.Classes.Names.Count > 0)
            throw Clash("target_border and class_names both say what the classes are. Leave one of them out.");
        if (all.Classes.TargetBorder is not null && loss is not (LossFunction.Logloss or LossFunction.CrossEntropy or LossFunction.Focal))
            throw Clash($"target_border makes two classes, and the loss is {loss}.");
        all.Classes.Check(loss);
    }

    private static TrainingException Clash(string text) => new(TrainingFault.Parameter, text);
}
