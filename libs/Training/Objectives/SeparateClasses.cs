using BatchScoring.Models.CatBoost.Predictions;
using BatchScoring.Training.Metrics;

namespace BatchScoring.Training.Objectives;

/// <summary>Classes, or labels, each of which has its own probability.</summary>
/// <param name="labels">Outputs × rows: probabilities, or 0 and 1.</param>
/// <param name="newtonSteps">Steps of a tree's leaves by Newton's method.</param>
/// <param name="gradientSteps">By first derivatives.</param>
internal sealed class SeparateClasses(float[][] labels, int newtonSteps, int gradientSteps) : IMultiObjective
{
    public int Outputs => labels.Length;

    public int LeafIterations(LeafEstimationMethod method) => method == LeafEstimationMethod.Newton ? newtonSteps : gradientSteps;

    public void First(double[] raw, int row, double[] first)
    {
        for (int output = 0; output < Outputs; output++) first[output] = labels[output][row] - Probability(raw[output], output);
    }

    public void Second(double[] raw, int row, double[] second)
    {
        for (int output = 0; output < Outputs; output++)
        {
            double p = Probability(raw[output], output);
            second[output] = -p * (1 - p);
        }
    }

    /// <summary>The mean over the outputs.</summary>
    public double Loss(double[] raw, int row)
    {
        double sum = 0;
        for (int output = 0; output < Outputs; output++) sum += RowLosses.Logloss(raw[output], labels[output][row]);
        return sum / Outputs;
    }

    private double Probability(double raw, int output)
    {
        double e = Formulas.Power(raw, output, Outputs);
        return e / (1 + e);
    }
}
