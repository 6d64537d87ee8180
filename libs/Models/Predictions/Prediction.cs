using System.Collections.Immutable;
using System.Globalization;
using BatchScoring.Models.Predictions;

namespace BatchScoring.Models;

/// <summary>
/// Turns a model's raw values into one prediction type, with CatBoost's columns. The bits are the same on every processor; they are CatBoost's
/// where CatBoost runs on glibc 2.28 or later and a processor with fused multiply-add. Immutable and thread safe.
/// </summary>
public sealed class Prediction
{
    private readonly Formula _formula;

    private Prediction(PredictionType type, PredictionPlan plan)
    {
        Type = type;
        Columns = plan.Columns == 1
            ? [type.ToString()]
            : [.. Enumerable.Range(0, plan.Columns).Select(column => string.Create(CultureInfo.InvariantCulture, $"{type}_{column}"))];
        Labels = plan.Labels;
        _formula = plan.Formula;
    }

    /// <summary>What is predicted.</summary>
    public PredictionType Type { get; }

    /// <summary>The names of the columns: the type's name, with <c>_0</c>, <c>_1</c> … if there are several.</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>Not null for <see cref="PredictionType.Class"/>: the values are then places in these labels.</summary>
    public ClassLabels? Labels { get; }

    /// <summary>Prepares a prediction type for a model.</summary>
    /// <exception cref="ModelException">The model cannot answer this.</exception>
    public static Prediction Create(CatBoostModel model, PredictionType type) => new(type, PredictionPlan.For(model, type));

    /// <summary>Computes the prediction for a block of rows.</summary>
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
