using BatchScoring.Statistics;

namespace BatchScoring.Tasks;

/// <summary>One score column of some rows.</summary>
public sealed record ScoreColumnStatistics
{
    /// <summary>Bins of the histogram of probabilities, where a model has several score columns.</summary>
    public const int Bins = 100;

    /// <summary>
    /// Bins of the histogram of a model's only probability: bands that are set later still count exactly, to the thousandth.
    /// </summary>
    public const int FineBins = 1000;

    /// <summary>The column's name.</summary>
    public required string Column { get; init; }

    /// <summary>How many scores.</summary>
    public required long Count { get; init; }

    /// <summary>Their sum, in the order of the rows.</summary>
    public required double Sum { get; init; }

    /// <summary>The smallest; null when there is none.</summary>
    public double? Minimum { get; init; }

    /// <summary>The largest; null when there is none.</summary>
    public double? Maximum { get; init; }

    /// <summary>Probabilities in equal bins of [0, 1]; null for other scores, whose range no split knows beforehand.</summary>
    public ScoreHistogram? Histogram { get; init; }

    /// <summary>Scores that are no probabilities, by their size; null for probabilities.</summary>
    public MagnitudeHistogram? Magnitudes { get; init; }

    /// <summary>Joins two disjoint sets of rows.</summary>
    public static ScoreColumnStatistics operator +(ScoreColumnStatistics a, ScoreColumnStatistics b) => a with
    {
        Count = a.Count + b.Count,
        Sum = a.Sum + b.Sum,
        Minimum = Nullable.Compare(a.Minimum, b.Minimum) < 0 && a.Minimum is not null || b.Minimum is null ? a.Minimum : b.Minimum,
        Maximum = Nullable.Compare(a.Maximum, b.Maximum) > 0 ? a.Maximum : b.Maximum,
        Histogram = Join(a.Histogram, b.Histogram),
        Magnitudes = Join(a.Magnitudes, b.Magnitudes),
    };

    private static MagnitudeHistogram? Join(MagnitudeHistogram? a, MagnitudeHistogram? b)
    {
        if (a is null || b is null) return a ?? b;
        MagnitudeHistogram sum = new(a.Counts, a.Missing);
        sum.Add(b);
        return sum;
    }

    private static ScoreHistogram? Join(ScoreHistogram? a, ScoreHistogram? b)
    {
        if (a is null || b is null) return a ?? b;
        ScoreHistogram sum = new(a.Minimum, a.Maximum, a.Counts, a.Below, a.Above, a.Missing);
        sum.Add(b);
        return sum;
    }
}
