using BatchScoring.Statistics;

namespace BatchScoring.Tasks;

/// <summary>Counts one score column while it is computed.</summary>
internal sealed class ScoreCounter(string column, bool isProbability, int bins)
{
    private readonly ScoreHistogram? _histogram = isProbability ? new ScoreHistogram(0, 1, bins) : null;
    private readonly MagnitudeHistogram? _magnitudes = isProbability ? null : new MagnitudeHistogram();
    private long _count;
    private double _sum;
    private double _minimum = double.PositiveInfinity;
    private double _maximum = double.NegativeInfinity;

    /// <summary>Adds the scores of the rows to keep.</summary>
    public void Add(ReadOnlySpan<double> scores, ReadOnlySpan<bool> keep)
    {
        for (int row = 0; row < scores.Length; row++)
        {
            if (!keep[row]) continue;
            double score = scores[row];
            _count++;
            _sum += score;
            _minimum = Math.Min(_minimum, score);
            _maximum = Math.Max(_maximum, score);
            _histogram?.Add(score);
            _magnitudes?.Add(score);
        }
    }

    public ScoreColumnStatistics Result() => new()
    {
        Column = column,
        Count = _count,
        Sum = _sum,
        Minimum = _count > 0 ? _minimum : null,
        Maximum = _count > 0 ? _maximum : null,
        Histogram = _histogram,
        Magnitudes = _magnitudes,
    };
}
