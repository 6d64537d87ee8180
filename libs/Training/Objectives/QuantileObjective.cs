namespace BatchScoring.Training.Objectives;

/// <param name="alpha">Which quantile, 0 to 1.</param>
/// <param name="delta">Errors below it are none.</param>
/// <param name="isMae">Whether losses are doubled, so that the median's is the absolute error.</param>
internal readonly struct QuantileObjective(double alpha, double delta, bool isMae) : IObjective
{
    private readonly double _alpha = (float)alpha, _delta = (float)delta;

    public bool KeepsExponent => false;

    public bool StartsAtAverage => true;

    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Exact;

    public double Average(float[] labels, float[]? weights) => ExactLeaf.Quantile(labels, weights, alpha, delta);

    public (double First, double Second) Derivatives(double state, float label)
    {
        double error = label - state;
        return (Math.Abs(error) < _delta ? 0 : error > 0 ? _alpha : -(1 - _alpha), 0);
    }

    public double Loss(double state, float label)
    {
        double error = label - state, size = Math.Max(Math.Abs(error) - _delta, 0);
        return (error > 0 ? _alpha : 1 - _alpha) * size * (isMae ? 2 : 1);
    }

    public float Exact(float[] rest) => ExactLeaf.Quantile(rest, null, alpha, delta);
}
