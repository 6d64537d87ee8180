using BatchScoring.Core;
using BatchScoring.Models;
using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>A model's columns in a table's words: what to ask a reader for, and its blocks as the model takes them.</summary>
/// <remarks>Not thread safe: holds one block.</remarks>
/// <param name="inputs">The model's columns (<see cref="IBlockScorer.Inputs"/>).</param>
public sealed unsafe class ModelColumns(IReadOnlyList<ModelInput> inputs)
{
    private readonly InputBlock _block = new(inputs.Count);

    /// <summary>
    /// What to ask the readers of a table for, in the model's order: by name, see <see cref="InputColumns"/>. Of several files the first
    /// one's columns count: the others may have another order, and names stay what they are.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="table">What messages call the table.</param>
    /// <param name="columns">Its columns, in their order.</param>
    /// <param name="key">The key column, which is no feature of a model without names; null for none.</param>
    /// <returns>An input without a column is asked for by its own name: the reader names all that are missing at once.</returns>
    /// <exception cref="BatchScoringException"><c>INPUT_COLUMNS_MISSING</c>: the model has no names, and there are too few
    /// columns.</exception>
    public static IReadOnlyList<ColumnRequest> Bind(IModel model, string table, IReadOnlyList<string> columns, string? key)
    {
        // A model with names may use the key as a feature; one without never counts it.
        string[] candidates = [.. columns.Where(column => model.HasFeatureNames || column != key)];
        int[] places = InputColumns.Find(model.Inputs, !model.HasFeatureNames, candidates);
        if (!model.HasFeatureNames && places.Contains(-1))
            throw TooFew(table, candidates.Length, model.Inputs.Max(input => input.Position) + 1);
        return [.. model.Inputs.Zip(places, (input, place) => Request(input, place < 0 ? input.Name : candidates[place]))];
    }

    /// <summary>What to ask a reader for where the table's columns are called as the model's.</summary>
    /// <param name="inputs">The model's columns.</param>
    public static IReadOnlyList<ColumnRequest> Requests(IEnumerable<ModelInput> inputs) =>
        [.. inputs.Select(input => Request(input, input.Name))];

    /// <summary>The same rows in the same buffers, as the model takes them.</summary>
    /// <param name="block">A reader's block of the columns that were asked for.</param>
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

    private static ColumnRequest Request(ModelInput input, string column) => input.Encoder is { } encoder
        ? new ColumnRequest(column, ColumnKind.Category, new CategoryCodes(encoder))
        : new ColumnRequest(column, ColumnKind.Number);

    private static BatchScoringException TooFew(string table, int found, int needed) => new(TableErrors.InputColumnsMissing,
        $"{table} has {found} columns beside the key; the model has no names, takes its columns by position and needs {needed}. " +
        "Deliver the columns in the order of the training table.");
}
