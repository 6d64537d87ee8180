using BatchScoring.Statistics;

namespace BatchScoring.Reporting;

/// <summary>One group of rows in a histogram.</summary>
/// <param name="Name">Who they are: <c>rows</c>, <c>goods</c>, <c>bads</c>.</param>
/// <param name="Values">Their counts; all series of a chart have the same bins.</param>
public sealed record HistogramSeries(string Name, ScoreHistogram Values);
