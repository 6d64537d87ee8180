namespace BatchScoring.Training;

/// <summary>The rows that a model learns from, columns × rows. The arrays are the caller's and are not changed.</summary>
/// <param name="Columns">All of one length.</param>
/// <param name="Labels">One per row.</param>
/// <param name="Weights">One per row, not negative; null: all 1.</param>
public sealed record LearnTable(IReadOnlyList<NumericColumn> Columns, float[] Labels, float[]? Weights = null)
{
    /// <summary>Rows.</summary>
    public int Rows => Labels.Length;
}

/// <summary>A numeric column to learn from.</summary>
/// <param name="Name">Its name; empty if it has none.</param>
/// <param name="Values">One per row; NaN is missing.</param>
public sealed record NumericColumn(string Name, float[] Values);
