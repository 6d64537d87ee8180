namespace BatchScoring.Training.Sampling;

/// <summary>The rows that a tree's splits are chosen by.</summary>
/// <param name="Rows">Their numbers, ascending.</param>
/// <param name="Derivatives">One per row of the sample, times its weight in the sample.</param>
/// <param name="Weights">One per row of the sample.</param>
internal sealed record RowSample(int[] Rows, double[] Derivatives, float[] Weights)
{
    public static RowSample Whole(double[] derivatives, float[]? weights) =>
        new([.. Enumerable.Range(0, derivatives.Length)], derivatives, weights ?? Ones(derivatives.Length));

    private static float[] Ones(int count)
    {
        float[] ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
