using BatchScoring.Core;
using BatchScoring.Statistics;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Report;

/// <summary>The scores of one date, counted.</summary>
internal sealed record ScoreDay(RunDate Date, RunRecord Record, ScoreStatistics Statistics)
{
    /// <summary>The one score column; null for a model with several.</summary>
    public ScoreColumnStatistics? Score => Statistics.Columns is [{ Column: "score" } only] ? only : null;

    public ScoreHistogram? Histogram => Score?.Histogram;

    public double? Mean => Score is { Count: > 0 } score ? score.Sum / score.Count : null;

    public double? SetAside => Record.RowsRead == 0 ? null : Record.RowsQuarantined / (double)Record.RowsRead;

    public double? Quantile(double p) => Histogram is { } histogram ? histogram.Quantile(p) : Score?.Magnitudes?.Quantile(p);

    /// <summary>Share of the rows at or above a cut-off; null where nobody counted there.</summary>
    public double? ShareFrom(double cutOff) =>
        Histogram is { } histogram && histogram.Total > 0 && histogram.CountBelow(cutOff) is { } below
            ? 1 - (below / (double)histogram.Total) : null;

    /// <summary>Rows per band; null where the bands' ends are not those of bins.</summary>
    public IReadOnlyList<long>? Bands(IReadOnlyList<double> edges)
    {
        if (Histogram is not { } histogram) return null;
        long?[] below = [0, .. edges.Select(histogram.CountBelow), histogram.Total - histogram.Missing];
        return below.Contains(null) ? null : [.. below.Skip(1).Zip(below, (upper, lower) => upper!.Value - lower!.Value)];
    }
}
