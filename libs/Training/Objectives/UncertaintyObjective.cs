using BatchScoring.Models.CatBoost.Predictions;

namespace BatchScoring.Training.Objectives;

/// <summary>A label's mean and the logarithm of its standard deviation.</summary>
internal sealed class UncertaintyObjective(float[] labels) : IMultiObjective
{
    private const double HalfLogTwoPi = 0.9189385332046;

    public int Outputs => 2;

    public bool StartsAtAverage => true;

    public int LeafIterations(LeafEstimationMethod method) => 1;

    /// <summary>In single precision.</summary>
    public double[] Average(float[]? weights)
    {
        float mean = RowWeights.Mean(labels, weights);
        double sum = 0, total = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            float error = labels[row] - mean, weight = weights?[row] ?? 1;
            sum += weight * (error * error);
            total += weight;
        }

        return [mean, 0.5 * Math.Log((float)(sum / total))];
    }

    public void First(double[] raw, int row, double[] first)
    {
        double error = labels[row] - raw[0];
        first[0] = error;
        first[1] = (error * error * Precision(raw)) - 1;
    }

    public void Second(double[] raw, int row, double[] second)
    {
        double error = labels[row] - raw[0];
        second[0] = -1;
        second[1] = -2 * (error * error) * Precision(raw);
    }

    public double Loss(double[] raw, int row)
    {
        double error = raw[0] - labels[row];
        return HalfLogTwoPi + raw[1] + (0.5 * Precision(raw) * error * error);
    }

    private static double Precision(double[] raw) => Formulas.Power(-2 * raw[1], 0, 1);
}
