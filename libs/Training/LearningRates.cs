namespace BatchScoring.Training;

/// <summary>The learning rate where none is given: by rows and trees, as fitted by CatBoost's authors.</summary>
internal static class LearningRates
{
    private const float Usual = 0.03f;

    public static float Of(TrainingParameters parameters, int rows, bool startsAtAverage)
    {
        if (parameters.LearningRate is { } given) return given;
        if (parameters.LeafEstimationIterations is not null || parameters.LeafEstimationMethod is not null
            || parameters.L2LeafReg is not null)
            return Usual;
        (double A, double B, double C, double D)? fit = (parameters.Loss.Function, startsAtAverage) switch
        {
            (LossFunction.Logloss, true) => (0.408, -7.299, -0.928, 2.701),
            (LossFunction.Logloss, false) => (0.427, -7.525, -0.917, 2.63),
            (LossFunction.RMSE, true) => (0.158, -4.287, -0.813, 2.571),
            (LossFunction.RMSE, false) => (0.178, -4.473, -0.76, 2.133),
            _ => null,
        };
        if (fit is not var (a, b, c, d)) return Usual;
        double byRows = Math.Exp((a * Math.Log(rows)) + b), byTrees = Math.Exp((c * Math.Log(parameters.Iterations)) + d);
        double rate = byRows * byTrees / Math.Exp((c * Math.Log(1000)) + d);
        return (float)Math.Round(Math.Min(rate, 0.5), 6);
    }
}
