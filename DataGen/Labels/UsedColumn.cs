using BatchScoring.DataGen.Columns;

namespace BatchScoring.DataGen.Labels;

/// <summary>A column that the hidden model reads.</summary>
/// <param name="Column">The column.</param>
/// <param name="Weight">How often trees ask about it and how much the answer counts.</param>
/// <param name="Direction">1 or -1: whether larger values are worse or better.</param>
internal sealed record UsedColumn(FeatureColumn Column, double Weight, int Direction)
{
    /// <summary>Thresholds of a numeric column, ascending.</summary>
    public float[] Borders { get; init; } = [];

    /// <summary>Hashes that are asked for in a categorical column.</summary>
    public int[] Values { get; init; } = [];

    /// <summary>The splits on this column, one for each threshold or hash.</summary>
    public Question[] Questions { get; init; } = [];
}
