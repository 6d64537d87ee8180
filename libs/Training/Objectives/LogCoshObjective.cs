namespace BatchScoring.Training.Objectives;

internal readonly struct LogCoshObjective : IObjective
{
    private const double Large = 12;

    public bool KeepsExponent => false;

    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Exact;

    public (double First, double Second) Derivatives(double state, float label)
    {
        double error = state - label, cosh = Math.Cosh(error);
        return (-Math.Tanh(error), -1 / (cosh * cosh));
    }

    public double Loss(double state, float label)
    {
        double error = Math.Abs(label - state);
        return error >= Large ? error - FastLog.Of(2) : FastLog.Of((float)Math.Cosh(error));
    }

    public float Exact(float[] rest) => ExactLeaf.LogCosh(rest);
}
