using System.Collections.Immutable;
using System.Globalization;
using BatchScoring.Models.Predictions;

namespace BatchScoring.Models;

/// <summary>
/// The one answer that a scoring run publishes: the positive class's probability of a binary classifier, a regression's value (its
/// exponential where the loss models a logarithm, its mean where the loss models a variance too), or one column per class, label or target.
/// Immutable and thread safe.
/// </summary>
public sealed class ScoreColumns
{
    private readonly Formula _formula;

    private ScoreColumns(int columns, bool isProbability, Formula formula)
    {
        Columns = columns == 1
            ? ["score"]
            : [.. Enumerable.Range(0, columns).Select(column => string.Create(CultureInfo.InvariantCulture, $"score_{column}"))];
        IsProbability = isProbability;
        _formula = formula;
    }

    /// <summary>The columns' names: <c>score</c>, or <c>score_0</c>, <c>score_1</c> … in the order of Probability_0, Probability_1 ….</summary>
    public ImmutableArray<string> Columns { get; }

    /// <summary>True if the scores are probabilities.</summary>
    public bool IsProbability { get; }

    /// <summary>Prepares the scores of a model. A model that names neither loss nor classes gives its raw values.</summary>
    /// <exception cref="ModelException">The model's own words about its classes contradict each other.</exception>
    public static ScoreColumns Of(CatBoostModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (ClassLabels.Of(model) is null && !Losses.IsMultiLabel(model.Loss)) return Regression(model);
        if (model.OutputCount == 1)
            return new(1, isProbability: true, (raw, rows, output) =>
            {
                for (int row = 0; row < rows; row++) output[row] = Formulas.Sigmoid(raw[row]);
            });
        var plan = PredictionPlan.For(model, PredictionType.Probability);
        return new(plan.Columns, isProbability: true, plan.Formula);
    }

    /// <summary>Computes the scores of a block of rows.</summary>
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

    private static ScoreColumns Regression(CatBoostModel model)
    {
        if (model is { Loss: "RMSEWithUncertainty", OutputCount: 2 })
            return new(1, isProbability: false, (raw, rows, output) => raw[..rows].CopyTo(output));
        PredictionType type = Losses.IsLogarithmic(model.Loss) && model.OutputCount == 1 ? PredictionType.Exponent : PredictionType.RawFormulaVal;
        var plan = PredictionPlan.For(model, type);
        return new(plan.Columns, isProbability: false, plan.Formula);
    }
}
