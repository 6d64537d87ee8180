using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>A model's columns in a table's words: what to ask a reader for, and its blocks as the model takes them.</summary>
/// <remarks>Not thread safe: holds one block.</remarks>
/// <param name="inputs">The model's columns (<see cref="IBlockScorer.Inputs"/>).</param>
public sealed unsafe class ModelColumns(IReadOnlyList<ModelInput> inputs)
{
    private readonly InputBlock _block = new(inputs.Count);

    /// <summary>What to ask a reader for, in the model's order.</summary>
    /// <param name="inputs">The model's columns.</param>
    public static IReadOnlyList<ColumnRequest> Requests(IEnumerable<ModelInput> inputs) =>
    [
        .. inputs.Select(input => input.Encoder is { } encoder
            ? new ColumnRequest(input.Name, input.Position, ColumnKind.Category, new CategoryCodes(encoder))
            : new ColumnRequest(input.Name, input.Position, ColumnKind.Number)),
    ];

    /// <summary>The same rows in the same buffers, as the model takes them.</summary>
    /// <param name="block">A reader's block of the columns that <see cref="Requests"/> asks for.</param>
    /// <returns>Void at the next call, and when the reader's block is.</returns>
    public InputBlock Of(ColumnBlock block)
    {
        _block.Reset(block.Rows);
        for (int column = 0; column < inputs.Count; column++)
        {
            if (inputs[column].Kind == ModelInputKind.Numeric) _block.SetNumeric(column, block.Numbers(column));
            else _block.SetCategorical(column, block.Codes(column));
        }

        return _block;
    }
}
