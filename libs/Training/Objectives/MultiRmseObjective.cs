namespace BatchScoring.Training.Objectives;

/// <summary>The squared error of several labels at once.</summary>
internal sealed class MultiRmseObjective(float[][] labels) : IMultiObjective
{
    public int Outputs => labels.Length;

    public bool StartsAtAverage => true;

    public int LeafIterations(LeafEstimationMethod method) => 1;

    public double[] Average(float[]? weights) => [.. labels.Select(label => (double)RowWeights.Mean(label, weights))];

    public void First(double[] raw, int row, double[] first)
    {
        for (int output = 0; output < Outputs; output++) first[output] = labels[output][row] - raw[output];
    }

    public double Loss(double[] raw, int row)
    {
        double sum = 0;
        for (int output = 0; output < Outputs; output++) sum += Square(labels[output][row] - raw[output]);
        return sum;
    }

    /// <summary>Output after output.</summary>
    public double Loss(double[][] raw, int start, int end, float[]? weights)
    {
        double sum = 0;
        for (int output = 0; output < Outputs; output++)
            for (int row = start; row < end; row++) sum += (weights?[row] ?? 1) * Square(labels[output][row] - raw[row][output]);
        return sum;
    }

    public double Total(double sum, double weight) => Math.Sqrt(sum / weight);

    private static double Square(double error) => error * error;

    public void Second(double[] raw, int row, double[] second) => Array.Fill(second, -1);
}
