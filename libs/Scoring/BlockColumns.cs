using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>A block's columns as spans of its rows, void when the block is.</summary>
public static unsafe class BlockColumns
{
    /// <summary>A number's values; NaN is missing.</summary>
    public static ReadOnlySpan<float> NumbersOf(this ColumnBlock block, int column) => new(block.Numbers(column), block.Rows);

    /// <summary>A category's codes.</summary>
    public static ReadOnlySpan<int> CodesOf(this ColumnBlock block, int column) => new(block.Codes(column), block.Rows);
}
