namespace BatchScoring.Training.Objectives;

/// <param name="alpha">Weight of errors of too low values; the others have 1 − alpha.</param>
internal readonly struct ExpectileObjective(double alpha) : IObjective
{
    private readonly double _alpha = (float)alpha;

    public bool KeepsExponent => false;

    public int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? 5 : 10;

    public (double First, double Second) Derivatives(double state, float label)
    {
        double error = label - state;
        return error > 0 ? (2 * _alpha * error, -2 * _alpha) : (2 * (1 - _alpha) * error, -2 * (1 - _alpha));
    }

    public double Loss(double state, float label)
    {
        double error = label - state;
        return (error > 0 ? _alpha : 1 - _alpha) * error * error;
    }
}
