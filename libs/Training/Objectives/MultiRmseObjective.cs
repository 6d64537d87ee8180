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

    public void Second(double[] raw, int row, double[] second) => Array.Fill(second, -1);
}
