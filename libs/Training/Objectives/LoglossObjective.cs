namespace BatchScoring.Training.Objectives;

/// <summary>Also cross-entropy, whose labels are probabilities. The loss of a step is summed by <see cref="FastLogloss"/>.</summary>
internal readonly struct LoglossObjective : IObjective
{
    public bool KeepsExponent => true;

    public int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? 10 : 40;

    public double Average(float[] labels, float[]? weights) => -Math.Log((1 / (double)RowWeights.Mean(labels, weights)) - 1);

    public (double First, double Second) Derivatives(double state, float label)
    {
        double p = 1 - (1 / (1 + state));
        return (label - p, -p * (1 - p));
    }

    public double Loss(double state, float label) => Math.Log(1 + state) - (label * Math.Log(state));
}
