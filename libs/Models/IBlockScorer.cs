namespace BatchScoring.Models;

/// <summary>
/// Scores blocks of rows, column-wise: named input columns in, raw output columns out. CatBoost's evaluators implement it; other kinds of
/// model will implement the same.
/// </summary>
/// <remarks>Immutable and thread safe: several threads may score with one scorer, each with a block of its own.</remarks>
public interface IBlockScorer
{
    /// <summary>
    /// The columns that a block must carry, in the order of <see cref="InputBlock"/>'s columns. Unused features are not listed.
    /// </summary>
    IReadOnlyList<ModelInput> Inputs { get; }

    /// <summary>Values per row in the raw output: 1, or one per class.</summary>
    int OutputCount { get; }

    /// <summary>
    /// Computes raw formula values.
    /// </summary>
    /// <param name="block">The rows; column buffers are only read.</param>
    /// <param name="raw">Column-major: output <c>j</c> of row <c>i</c> goes to <c>j * block.Rows + i</c>; at least
    /// <c>OutputCount * block.Rows</c> long.</param>
    /// <exception cref="ArgumentException">The block's shape does not fit, or <paramref name="raw"/> is too short.</exception>
    void Score(InputBlock block, Span<double> raw);
}
