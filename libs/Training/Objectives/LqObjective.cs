namespace BatchScoring.Training.Objectives;

/// <param name="q">The power, from 1 on; Newton's method needs 2.</param>
internal readonly struct LqObjective(double q) : IObjective
{
    private readonly double _lossPower = (float)q;

    public bool KeepsExponent => false;

    public LeafEstimationMethod LeafMethod => q >= 2 ? LeafEstimationMethod.Newton : LeafEstimationMethod.Gradient;

    public (double First, double Second) Derivatives(double state, float label)
    {
        double error = label - state, size = Math.Abs(error);
        return (q * (error > 0 ? 1 : -1) * Math.Pow(size, q - 1), -q * (q - 1) * Math.Pow(size, q - 2));
    }

    public double Loss(double state, float label) => Math.Pow(Math.Abs(label - state), _lossPower);
}
