namespace BatchScoring.Training.Objectives;

/// <summary>Finds the raw values that a loss needs.</summary>
internal static class LossObjectives
{
    private const double UsualDelta = 1e-6;

    /// <param name="table">Labels.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">The loss among them.</param>
    public static IRawValues Start(LearnTable table, float[]? weights, double lambda, TrainingParameters parameters)
    {
        Loss loss = parameters.Loss;
        return loss.Function switch
        {
            LossFunction.MultiClass => Multi(new MultiClassObjective(table.Labels, Classes(table))),
            LossFunction.MultiClassOneVsAll => Multi(new SeparateClasses(OneLabelPerClass(table), 1, 10)),
            LossFunction.MultiRMSE => Multi(new MultiRmseObjective(table.Targets)),
            LossFunction.RMSEWithUncertainty => Multi(new UncertaintyObjective(table.Labels)),
            LossFunction.MultiLogloss or LossFunction.MultiCrossEntropy => Multi(new SeparateClasses(table.Targets, 10, 40)),
            LossFunction.RMSE => Single(default(RmseObjective)),
            LossFunction.MAE => Single(new QuantileObjective(0.5, loss.Number("delta", UsualDelta), isMae: true)),
            LossFunction.Quantile => Single(new QuantileObjective(loss.Number("alpha", 0.5), loss.Number("delta", UsualDelta), isMae: false)),
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

        MultiOutput Multi(IMultiObjective objective) => new(objective, table.Rows, weights, lambda, parameters, table.Columns.Count);

        SingleOutput<TObjective> Single<TObjective>(TObjective objective)
            where TObjective : struct, IObjective => new(objective, table.Labels, weights, lambda, parameters, table.Columns.Count);
    }

    private static int Classes(LearnTable table) => (int)table.Labels.Max() + 1;

    private static float[][] OneLabelPerClass(LearnTable table) =>
        [.. Enumerable.Range(0, Classes(table)).Select(one => table.Labels.Select(label => label == one ? 1f : 0f).ToArray())];
}
