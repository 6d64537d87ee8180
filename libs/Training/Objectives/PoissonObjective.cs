namespace BatchScoring.Training.Objectives;

internal readonly struct PoissonObjective : IObjective
{
    public bool KeepsExponent => true;

    public int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? 10 : 1;

    public (double First, double Second) Derivatives(double state, float label) => (label - state, -state);

    public double Loss(double state, float label) => state - ((double)label * FastLog.Of((float)state));
}
