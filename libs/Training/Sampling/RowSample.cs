namespace BatchScoring.Training.Sampling;

/// <summary>The rows that a tree's splits are chosen by.</summary>
/// <param name="Rows">Their numbers, ascending.</param>
/// <param name="Derivatives">Outputs × rows of the sample, times their weights in the sample.</param>
/// <param name="Weights">One per row of the sample.</param>
internal sealed record RowSample(int[] Rows, double[][] Derivatives, float[] Weights)
{
    public static RowSample Whole(double[][] derivatives, float[]? weights) =>
        new([.. Enumerable.Range(0, derivatives[0].Length)], derivatives, weights ?? Ones(derivatives[0].Length));

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
