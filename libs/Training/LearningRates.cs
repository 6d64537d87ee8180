namespace BatchScoring.Training;

/// <summary>The learning rate where none is given: by rows and trees, as fitted by CatBoost's authors.</summary>
internal static class LearningRates
{
    private const float Usual = 0.03f;

    public static float Of(TrainingParameters parameters, int rows, bool startsAtAverage, bool keepsBest)
    {
        if (parameters.LearningRate is { } given) return given;
        if (parameters.LeafEstimationIterations is not null || parameters.LeafEstimationMethod is not null
            || parameters.L2LeafReg is not null)
            return Usual;
        LossFunction loss = parameters.Loss.Function is LossFunction.MultiLogloss or LossFunction.MultiCrossEntropy ? LossFunction.Logloss
            : parameters.Loss.Function;
        (double A, double B, double C, double D)? fit = (loss, keepsBest, startsAtAverage) switch
        {
            (LossFunction.Logloss, true, true) => (0.246, -5.127, -0.451, 0.978),
            (LossFunction.Logloss, false, true) => (0.408, -7.299, -0.928, 2.701),
            (LossFunction.Logloss, true, false) => (0.247, -5.158, -0.435, 0.934),
            (LossFunction.Logloss, false, false) => (0.427, -7.525, -0.917, 2.63),
            (LossFunction.MultiClass, true, _) => (0.02, -2.364, -0.382, 0.924),
            (LossFunction.MultiClass, false, _) => (0.051, -2.889, -0.845, 2.928),
            (LossFunction.RMSE, true, true) => (0.157, -4.062, -0.61, 1.557),
            (LossFunction.RMSE, false, true) => (0.158, -4.287, -0.813, 2.571),
            (LossFunction.RMSE, true, false) => (0.189, -4.383, -0.623, 1.439),
            (LossFunction.RMSE, false, false) => (0.178, -4.473, -0.76, 2.133),
            _ => null,
        };
        if (fit is not var (a, b, c, d)) return Usual;
        double byRows = Math.Exp((a * Math.Log(rows)) + b), byTrees = Math.Exp((c * Math.Log(parameters.Iterations)) + d);
        double rate = byRows * byTrees / Math.Exp((c * Math.Log(1000)) + d);
        return (float)Math.Round(Math.Min(rate, 0.5), 6);
    }
}
