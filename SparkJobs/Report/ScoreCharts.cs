using BatchScoring.Reporting;
using BatchScoring.SparkJobs.Score;
using BatchScoring.Statistics;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Report;

/// <summary>How today's scores are spread: one picture, or one for each of a few classes.</summary>
internal static class ScoreCharts
{
    /// <summary>More pictures would say less than the table of means does.</summary>
    private const int MaxColumns = 4;

    private const int Bars = 40;

    public static IReadOnlyList<Chart> Create(ScoreDay today, ScoreDetails? details)
    {
        IReadOnlyList<ScoreColumnStatistics> columns = today.Statistics.Columns;
        return
        [
            .. columns.Take(MaxColumns)
                .Select((column, i) => (Title: Title(column, details, columns.Count, i), Histogram: Histogram(column)))
                .Where(chart => chart.Histogram is { Total: > 0 })
                .Select(chart => new HistogramChart { Title = chart.Title, Series = [new HistogramSeries("rows", chart.Histogram!)] }),
        ];
    }

    private static string Title(ScoreColumnStatistics column, ScoreDetails? details, int columns, int i) =>
        columns == 1 ? "Scores"
        : details?.Classes is null ? column.Column : $"Probability of {ScoreNames.Of(column, details, i)} ({column.Column})";

    /// <summary>
    /// Values without a common range are drawn from their 0.5 % to their 99.5 % quantile: a few far ones would hide all others.
    /// </summary>
    private static ScoreHistogram? Histogram(ScoreColumnStatistics column)
    {
        if (column.Histogram is { } probabilities) return probabilities;
        if (column.Magnitudes is not { Total: > 0 } values) return null;
        double low = values.Quantile(0.005)!.Value, high = values.Quantile(0.995)!.Value;
        bool all = column.Count < 1000;
        if (all) (low, high) = (column.Minimum ?? low, column.Maximum ?? high);
        if (!double.IsFinite(high - low) || high <= low) return null;
        ScoreHistogram spread = values.Spread(low, high, Bars);
        if (!all) return spread;
        // From the smallest to the largest nothing lies outside; what a bin's width puts there belongs to the end.
        long[] counts = [.. spread.Counts];
        counts[0] += spread.Below;
        counts[^1] += spread.Above;
        return new ScoreHistogram(low, high, counts, 0, 0, spread.Missing);
    }
}
