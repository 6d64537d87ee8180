using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Objectives;
#pragma warning disable SA1402, MA0048
internal readonly struct RmseObjective : IObjective
{
    public bool KeepsExponent => false;
    public bool StartsAtAverage => true;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => RowWeights.Mean(labels, weights);
    public (double First, double Second) Derivatives(double state, float label) => (label - state, -1);
    public double Loss(double state, float label) => (label - state) * (label - state);
    public double Total(double mean) => Math.Sqrt(mean);
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct PoissonObjective : IObjective
{
    public bool KeepsExponent => true;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;
    public int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? 10 : 1;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label) => (label - state, -state);
    public double Loss(double state, float label) => state - ((double)label * FastLog.Of((float)state));
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct ExpectileObjective(double alpha) : IObjective
{
    private readonly double _alpha = (float)alpha;
    public bool KeepsExponent => false;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;
    public int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? 5 : 10;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label)
    {
        double e = label - state;
        return e > 0 ? (2 * _alpha * e, -2 * _alpha) : (2 * (1 - _alpha) * e, -2 * (1 - _alpha));
    }
    public double Loss(double state, float label)
    {
        double e = label - state;
        return (e > 0 ? _alpha : 1 - _alpha) * e * e;
    }
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct HuberObjective(double delta) : IObjective
{
    public bool KeepsExponent => false;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label)
    {
        double e = label - state;
        return Math.Abs(e) < delta ? (e, -1) : (e > 0 ? delta : -delta, 0);
    }
    // CatBoost's own loss of a step looks at no step: nothing is ever an improvement.
    public double Loss(double state, float label) => 0;
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct LqObjective(double q) : IObjective
{
    private readonly double _lossQ = (float)q;
    public bool KeepsExponent => false;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => q >= 2 ? LeafEstimationMethod.Newton : LeafEstimationMethod.Gradient;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label)
    {
        double e = label - state, size = Math.Abs(e), power = Math.Pow(size, q - 1);
        return (q * (e > 0 ? 1 : -1) * power, -q * (q - 1) * Math.Pow(size, q - 2));
    }
    public double Loss(double state, float label) => Math.Pow(Math.Abs(label - state), _lossQ);
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct TweedieObjective(double p) : IObjective
{
    private readonly double _lossP = (float)p;
    public bool KeepsExponent => false;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label)
    {
        double low = Exponential.Exp((1 - p) * state), high = Exponential.Exp((2 - p) * state);
        return ((label * low) - high, (label * low * (1 - p)) - (high * (2 - p)));
    }
    public double Loss(double state, float label) =>
        (-label * Exponential.Exp((1 - _lossP) * state) / (1 - _lossP)) + (Exponential.Exp((2 - _lossP) * state) / (2 - _lossP));
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct FocalObjective(double alpha, double gamma) : IObjective
{
    private readonly double _lossAlpha = (float)alpha, _lossGamma = (float)gamma;
    public bool KeepsExponent => false;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Newton;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label)
    {
        double p = Math.Clamp(1 / (1 + Exponential.Exp(-state)), 1e-13, 1 - 1e-13);
        double q = label == 1 ? p : 1 - p, c = label == 1 ? alpha : 1 - alpha, s = (2 * label) - 1;
        double v = (gamma * q * Math.Log(q)) + q - 1, u = c * s * Math.Pow(1 - q, gamma);
        double first = -u * v;
        double uPrime = -c * s * gamma * Math.Pow(1 - q, gamma - 1), vPrime = (gamma * Math.Log(q)) + gamma + 1;
        double h = -((uPrime * v) + (u * vPrime)) * s * (q * (1 - q));
        return (first, h);
    }
    public double Loss(double state, float label)
    {
        double p = Math.Clamp(1 / (1 + Exponential.Exp(-state)), 1e-13, 1 - 1e-13);
        double q = label == 1 ? p : 1 - p, c = label == 1 ? _lossAlpha : 1 - _lossAlpha;
        return -c * Math.Pow(1 - q, _lossGamma) * Math.Log(q);
    }
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => throw new NotSupportedException();
}
internal readonly struct QuantileObjective(double alpha, double delta, bool isMae) : IObjective
{
    private readonly double _alpha = (float)alpha, _delta = (float)delta;
    public bool KeepsExponent => false;
    public bool StartsAtAverage => true;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Exact;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => ExactLeaf.Quantile(labels, weights, alpha, delta);
    public (double First, double Second) Derivatives(double state, float label)
    {
        double e = label - state;
        return (Math.Abs(e) < _delta ? 0 : e > 0 ? _alpha : -(1 - _alpha), 0);
    }
    public double Loss(double state, float label)
    {
        double e = label - state, size = Math.Abs(e) < _delta ? 0 : e > 0 ? e - _delta : -e - _delta;
        return (e > 0 ? _alpha : 1 - _alpha) * size * (isMae ? 2 : 1);
    }
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => ExactLeaf.Quantile(rest, null, alpha, delta);
}
internal readonly struct MapeObjective : IObjective
{
    public bool KeepsExponent => false;
    public bool StartsAtAverage => true;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Exact;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) =>
        ExactLeaf.Quantile(labels, [.. labels.Select((label, row) => (weights?[row] ?? 1) * (1 / Math.Max(1f, Math.Abs(label))))], 0.5, 0);
    public (double First, double Second) Derivatives(double state, float label) =>
        ((label - state > 0 ? 1 : -1) * (1 / Math.Max(1f, Math.Abs(label))), 0);
    public double Loss(double state, float label) => Math.Abs(label - state) / Math.Max(1f, Math.Abs(label));
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => ExactLeaf.Quantile(rest, [.. rest.Select(one => 1 / Math.Max(1f, Math.Abs(one)))], 0.5, 0);
}
internal readonly struct LogCoshObjective : IObjective
{
    public bool KeepsExponent => false;
    public bool StartsAtAverage => false;
    public LeafEstimationMethod LeafMethod => LeafEstimationMethod.Exact;
    public int LeafIterations(LeafEstimationMethod method) => 1;
    public double Average(float[] labels, float[]? weights) => 0;
    public (double First, double Second) Derivatives(double state, float label)
    {
        double e = state - label, cosh = Math.Cosh(e);
        return (-Math.Tanh(e), -1 / (cosh * cosh));
    }
    public double Loss(double state, float label)
    {
        double e = Math.Abs(label - state);
        return e >= 12 ? e - FastLog.Of(2) : FastLog.Of((float)Math.Cosh(e));
    }
    public double Total(double mean) => mean;
    public float Exact(float[] rest) => ExactLeaf.LogCosh(rest);
}
