using BatchScoring.Models;
using BatchScoring.Scoring;
using BatchScoring.SparkJobs.Score;
using BatchScoring.Statistics;
using BatchScoring.Tables;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Contract;

/// <summary>What the training table's numbers, and the model's scores of it, are like.</summary>
internal sealed class TrainingStatistics
{
    private readonly NumberRange?[] _numbers;
    private readonly Prediction _scores;
    private readonly LoadedModel? _model;
    private readonly double[] _values;
    private readonly ScoreHistogram _histogram = new(0, 1, ScoreColumnStatistics.FineBins);

    /// <param name="model">The model.</param>
    /// <param name="grouped">Places of the features that get groups.</param>
    public TrainingStatistics(IModel model, IReadOnlySet<int> grouped)
    {
        _numbers = [.. model.Inputs.Select(input =>
            input.Encoder is null ? new NumberRange(input.Name, grouped.Contains(input.Position)) : null)];
        _scores = model.Scores();
        bool one = _scores is { IsProbability: true, Columns.Length: 1 };
        _model = one ? new LoadedModel(model) : null;
        _values = new double[one ? ScoredStream.MaxValues([_scores]) : 0];
    }

    /// <summary>Takes the next block of a reader of all of the model's columns.</summary>
    /// <returns>What to call until it says false: the end.</returns>
    public Func<bool> Over(ISplitReader reader)
    {
        ScoredStream? scored = _model is null ? null : new ScoredStream(_model, [_scores], reader, new EveryRow());
        return () =>
        {
            if (!(scored?.Next(_values, out _) ?? reader.Next())) return false;
            for (int column = 0; column < _numbers.Length; column++) _numbers[column]?.Add(reader.Block.NumbersOf(column));
            if (scored is not null) _histogram.Add(_values.AsSpan(0, reader.Rows));
            return true;
        };
    }

    /// <summary>A rule for every number.</summary>
    /// <param name="rows">Rows of the table.</param>
    public IEnumerable<FeatureRule> Rules(long rows) => _numbers.OfType<NumberRange>().Select(number => number.Rule(rows));

    /// <summary>How the model scored the table; null for a model without one probability.</summary>
    public ScoreProfile? Scores() => _model is null ? null : ScoreProfile.Of(_histogram);

    /// <summary>Rows that could not be scored are part of the table that the model learned from.</summary>
    private sealed class EveryRow : IRowValidator
    {
        public ReadOnlySpan<bool> Validate(ISplitReader reader) => default;
    }
}
