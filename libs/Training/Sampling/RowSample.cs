namespace BatchScoring.Training.Sampling;

/// <summary>The rows that a tree's splits are chosen by. Valid until the next sample is drawn: the arrays are used again.</summary>
/// <param name="Rows">Their numbers, ascending.</param>
/// <param name="Derivatives">Outputs × rows of the sample, times their weights in the sample.</param>
/// <param name="Weights">One per row of the sample.</param>
internal sealed record RowSample(int[] Rows, double[][] Derivatives, float[] Weights)
{
    /// <summary>How many rows there are: the arrays may be longer.</summary>
    public int Count { get; set; } = Rows.Length;

    /// <summary>A bit for every row of the table that is in it, and perhaps some words more; null: not known.</summary>
    public ulong[]? Words { get; init; }
}
