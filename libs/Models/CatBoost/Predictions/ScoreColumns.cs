using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>The scores of a CatBoost model: what <see cref="IModel.Scores"/> gives. Immutable and thread safe.</summary>
public sealed class ScoreColumns
{
    private readonly Prediction _scores;

    private ScoreColumns(Prediction scores) => _scores = scores;

    /// <summary>The columns' names.</summary>
    public ImmutableArray<string> Columns => _scores.Columns;

    /// <summary>True if the scores are probabilities.</summary>
    public bool IsProbability => _scores.IsProbability;

    /// <summary>Prepares the scores of a model.</summary>
    public static ScoreColumns Of(CatBoostModel model) => new(model.Scores());

    /// <summary>Computes the scores of a block of rows.</summary>
    public void Compute(ReadOnlySpan<double> raw, int rows, Span<double> output) => _scores.Compute(raw, rows, output);
}
