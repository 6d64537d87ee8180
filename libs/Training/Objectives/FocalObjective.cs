using BatchScoring.Models.CatBoost.Numerics;

namespace BatchScoring.Training.Objectives;

/// <param name="alpha">Weight of class 1; class 0 has 1 − alpha.</param>
/// <param name="gamma">How much less rows count that are nearly right.</param>
internal readonly struct FocalObjective(double alpha, double gamma) : IObjective
{
    private const double Least = 1e-13;
    private readonly double _lossAlpha = (float)alpha, _lossGamma = (float)gamma;

    public bool KeepsExponent => false;

    public (double First, double Second) Derivatives(double state, float label)
    {
        double right = Right(state, label), sign = (2 * label) - 1, weight = (label == 1 ? alpha : 1 - alpha) * sign;
        double ease = weight * Math.Pow(1 - right, gamma), surprise = (gamma * right * Math.Log(right)) + right - 1;
        double easeSlope = -weight * gamma * Math.Pow(1 - right, gamma - 1), surpriseSlope = (gamma * Math.Log(right)) + gamma + 1;
        return (-ease * surprise, -((easeSlope * surprise) + (ease * surpriseSlope)) * sign * (right * (1 - right)));
    }

    public double Loss(double state, float label)
    {
        double right = Right(state, label);
        return -(label == 1 ? _lossAlpha : 1 - _lossAlpha) * Math.Pow(1 - right, _lossGamma) * Math.Log(right);
    }

    /// <summary>The probability of the row's own class.</summary>
    private static double Right(double state, float label)
    {
        double p = Math.Clamp(1 / (1 + Exponential.Exp(-state)), Least, 1 - Least);
        return label == 1 ? p : 1 - p;
    }
}
