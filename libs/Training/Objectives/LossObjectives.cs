namespace BatchScoring.Training.Objectives;

/// <summary>Finds the objective of a loss and its numbers.</summary>
internal static class LossObjectives
{
    private const double UsualDelta = 1e-6;

    /// <summary>Calls with the objective's own type, so that loops are compiled for it.</summary>
    public static T Use<T>(Loss loss, IObjectiveUser<T> user) => loss.Function switch
    {
        LossFunction.RMSE => user.With(default(RmseObjective)),
        LossFunction.MAE => user.With(new QuantileObjective(0.5, loss.Number("delta", UsualDelta), isMae: true)),
        LossFunction.Quantile => user.With(new QuantileObjective(loss.Number("alpha", 0.5), loss.Number("delta", UsualDelta), isMae: false)),
        LossFunction.MAPE => user.With(default(MapeObjective)),
        LossFunction.LogCosh => user.With(default(LogCoshObjective)),
        LossFunction.Poisson => user.With(default(PoissonObjective)),
        LossFunction.Huber => user.With(new HuberObjective(loss.Number("delta"))),
        LossFunction.Expectile => user.With(new ExpectileObjective(loss.Number("alpha", 0.5))),
        LossFunction.Lq => user.With(new LqObjective(loss.Number("q"))),
        LossFunction.Tweedie => user.With(new TweedieObjective(loss.Number("variance_power"))),
        LossFunction.Focal => user.With(new FocalObjective(loss.Number("focal_alpha"), loss.Number("focal_gamma"))),
        _ => user.With(default(LoglossObjective)),
    };
}

/// <summary>What is done with an objective whose type is known when it is compiled.</summary>
internal interface IObjectiveUser<out T>
{
    T With<TObjective>(TObjective objective)
        where TObjective : struct, IObjective;
}
