using BatchScoring.Training.Ctrs;

namespace BatchScoring.Training.Objectives;

/// <summary>Finds the raw values that a loss needs.</summary>
internal static class LossObjectives
{
    private const double UsualDelta = 1e-6;

    /// <param name="fold">Labels and weights.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">The loss among them.</param>
    /// <param name="workers">Share the rows.</param>
    public static IRawValues Start(Fold fold, double lambda, TrainingParameters parameters, Workers workers)
    {
        Loss loss = parameters.Loss;
        return loss.Function switch
        {
            LossFunction.MultiClass => Multi(new MultiClassObjective(fold.Targets[0], Classes(fold))),
            LossFunction.MultiClassOneVsAll => Multi(new SeparateClasses(OneLabelPerClass(fold), 1, 10)),
            LossFunction.MultiRMSE => Multi(new MultiRmseObjective(fold.Targets)),
            LossFunction.RMSEWithUncertainty => Multi(new UncertaintyObjective(fold.Targets[0])),
            LossFunction.MultiLogloss or LossFunction.MultiCrossEntropy => Multi(new SeparateClasses(fold.Targets, 10, 40)),
            LossFunction.RMSE => Single(default(RmseObjective)),
            LossFunction.MAE => Single(new QuantileObjective(0.5, loss.Number("delta", UsualDelta), isMae: true)),
            LossFunction.Quantile => Single(new QuantileObjective(loss.Number("alpha", 0.5), loss.Number("delta", UsualDelta),
                isMae: false)),
            LossFunction.MAPE => Single(default(MapeObjective)),
            LossFunction.LogCosh => Single(default(LogCoshObjective)),
            LossFunction.Poisson => Single(default(PoissonObjective)),
            LossFunction.Huber => Single(new HuberObjective(loss.Number("delta"))),
            LossFunction.Expectile => Single(new ExpectileObjective(loss.Number("alpha", 0.5))),
            LossFunction.Lq => Single(new LqObjective(loss.Number("q"))),
            LossFunction.Tweedie => Single(new TweedieObjective(loss.Number("variance_power"))),
            LossFunction.Focal => Single(new FocalObjective(loss.Number("focal_alpha"), loss.Number("focal_gamma"))),
            _ => Single(default(LoglossObjective)),
        };

        MultiOutput Multi(IMultiObjective objective) => new(
            objective, fold.Rows, fold.Weights, fold.Baseline, lambda, parameters, fold.Columns.Length);

        SingleOutput<TObjective> Single<TObjective>(TObjective objective)
            where TObjective : struct, IObjective => new(
                objective, fold.Targets[0], fold.Weights, fold.Baseline?[0], lambda, parameters, fold.Columns.Length, workers);
    }

    /// <summary>Raw values per row.</summary>
    public static int Outputs(LossFunction loss, float[][] targets) => loss switch
    {
        LossFunction.MultiClass or LossFunction.MultiClassOneVsAll => (int)targets[0].Max() + 1,
        LossFunction.RMSEWithUncertainty => 2,
        LossFunction.MultiRMSE or LossFunction.MultiLogloss or LossFunction.MultiCrossEntropy => targets.Length,
        _ => 1,
    };

    private static int Classes(Fold fold) => (int)fold.Targets[0].Max() + 1;

    private static float[][] OneLabelPerClass(Fold fold) =>
        [.. Enumerable.Range(0, Classes(fold)).Select(one => fold.Targets[0].Select(label => label == one ? 1f : 0f).ToArray())];
}
