namespace BatchScoring.Training.Objectives;

internal readonly struct RmseObjective : IObjective
{
    public bool KeepsExponent => false;

    public bool StartsAtAverage => true;

    public double Average(float[] labels, float[]? weights) => RowWeights.Mean(labels, weights);

    public (double First, double Second) Derivatives(double state, float label) => (label - state, -1);

    public double Loss(double state, float label) => (label - state) * (label - state);

    public double Total(double mean) => Math.Sqrt(mean);
}
