namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>What every evaluator checks before it reads a block.</summary>
internal static class BlockChecks
{
    /// <exception cref="ArgumentException">The block's shape does not fit the scorer, a buffer is missing, or the output is too
    /// short.</exception>
    public static unsafe void Check(IBlockScorer scorer, InputBlock block, Span<double> raw)
    {
        if (block.ColumnCount != scorer.Inputs.Count)
            throw new ArgumentException($"The block has {block.ColumnCount} columns, the model reads {scorer.Inputs.Count}.",
                nameof(block));
        if (raw.Length < (long)block.Rows * scorer.OutputCount)
            throw new ArgumentException($"{raw.Length} places for {block.Rows} rows of {scorer.OutputCount} outputs.", nameof(raw));
        if (block.Rows == 0) return;
        for (int column = 0; column < block.ColumnCount; column++)
            if (block.Numeric(column) == null) throw new ArgumentException($"Column {column} of the block has no buffer.", nameof(block));
    }
}
