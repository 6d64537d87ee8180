using System.Collections.Immutable;
using System.Globalization;

namespace BatchScoring.Models;

/// <summary>
/// Turns a model's raw values into columns of answers: one prediction type, or the scores that a run publishes. The bits are the same on
/// every processor. Immutable and thread safe.
/// </summary>
public sealed class Prediction
{
    private readonly PredictionFormula _formula;

    /// <summary>Names the columns and says how they are computed.</summary>
    /// <param name="name">The column's name; with several columns <c>name_0</c>, <c>name_1</c> ….</param>
    /// <param name="columns">How many columns, at least 1.</param>
    /// <param name="formula">Computes them.</param>
    public Prediction(string name, int columns, PredictionFormula formula)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentNullException.ThrowIfNull(formula);
        Columns = columns == 1
            ? [name]
            : [.. Enumerable.Range(0, columns).Select(column => string.Create(CultureInfo.InvariantCulture, $"{name}_{column}"))];
        _formula = formula;
    }

    /// <summary>The names of the columns: one name, or with <c>_0</c>, <c>_1</c> … if there are several.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>True if the values are probabilities.</summary>
    public bool IsProbability { get; init; }

    /// <summary>Not null where the values are places in these labels, as those of <see cref="PredictionType.Class"/> are.</summary>
    public ClassLabels? Labels { get; init; }

    /// <summary>Computes the answers of a block of rows.</summary>
    /// <param name="raw">What <see cref="IBlockScorer.Score"/> gave: column-major, the model's outputs × rows.</param>
    /// <param name="rows">Rows in the block.</param>
    /// <param name="output">Column-major, <see cref="Columns"/> × rows.</param>
    /// <exception cref="ArgumentException">The output is too short.</exception>
    public void Compute(ReadOnlySpan<double> raw, int rows, Span<double> output)
    {
        if (output.Length < (long)Columns.Length * rows)
            throw new ArgumentException($"{output.Length} places for {rows} rows of {Columns.Length} columns.", nameof(output));
        _formula(raw, rows, output);
    }
}
