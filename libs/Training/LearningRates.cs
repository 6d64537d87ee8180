using BatchScoring.Training.Objectives;

namespace BatchScoring.Training;

/// <summary>The learning rate where none is given: by rows and trees, as fitted by CatBoost's authors.</summary>
internal static class LearningRates
{
    private const float Usual = 0.03f;

    public static float Of<TObjective>(TrainingParameters parameters, int rows)
        where TObjective : struct, IObjective
    {
        if (parameters.LearningRate is { } given) return given;
        if (parameters.LeafEstimationIterations is not null || parameters.L2LeafReg is not null) return Usual;
        (double a, double b, double c, double d) = (parameters.LossFunction, parameters.BoostFromAverage ?? TObjective.StartsAtMean) switch
        {
            (LossFunction.Logloss, true) => (0.408, -7.299, -0.928, 2.701),
            (LossFunction.Logloss, false) => (0.427, -7.525, -0.917, 2.63),
            (_, true) => (0.158, -4.287, -0.813, 2.571),
            (_, false) => (0.178, -4.473, -0.76, 2.133),
        };
        double rate = Math.Exp((a * Math.Log(rows)) + b) * Math.Exp((c * Math.Log(parameters.Iterations)) + d) / Math.Exp((c * Math.Log(1000)) + d);
        return (float)Math.Round(Math.Min(rate, 0.5), 6);
    }
}
