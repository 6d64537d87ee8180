namespace BatchScoring.Training.Objectives;

internal readonly struct MapeObjective : IObjective
{
    private const double Middle = 0.5;

    public bool KeepsExponent => false;

    public bool StartsAtAverage => true;

    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Exact;

    public double Average(float[] labels, float[]? weights) =>
        ExactLeaf.Quantile(labels, [.. labels.Select((label, row) => (weights?[row] ?? 1) * Share(label))], Middle, 0);

    public (double First, double Second) Derivatives(double state, float label) => ((label - state > 0 ? 1 : -1) * Share(label), 0);

    public double Loss(double state, float label) => Math.Abs(label - state) / Math.Max(1f, Math.Abs(label));

    public float Exact(float[] rest) => ExactLeaf.Quantile(rest, [.. rest.Select(Share)], Middle, 0);

    private static float Share(float value) => 1 / Math.Max(1f, Math.Abs(value));
}
