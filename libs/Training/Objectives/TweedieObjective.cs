using BatchScoring.Models.CatBoost.Numerics;

namespace BatchScoring.Training.Objectives;

/// <param name="power">Of the variance, between 1 and 2.</param>
internal readonly struct TweedieObjective(double power) : IObjective
{
    private readonly double _lossPower = (float)power;

    public bool KeepsExponent => false;

    public (double First, double Second) Derivatives(double state, float label)
    {
        double low = Exponential.Exp((1 - power) * state), high = Exponential.Exp((2 - power) * state);
        return ((label * low) - high, (label * low * (1 - power)) - (high * (2 - power)));
    }

    public double Loss(double state, float label) =>
        (-label * Exponential.Exp((1 - _lossPower) * state) / (1 - _lossPower))
        + (Exponential.Exp((2 - _lossPower) * state) / (2 - _lossPower));
}
