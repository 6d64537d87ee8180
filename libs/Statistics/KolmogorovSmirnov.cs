namespace BatchScoring.Statistics;

/// <summary>The Kolmogorov–Smirnov distance and where it is.</summary>
/// <param name="Value">The largest gap between the two cumulative shares, 0 to 1.</param>
/// <param name="Score">The lowest score at which it is reached; the shares at or below it are what is compared.</param>
/// <param name="BadsAbove">Share of the bads that score higher than <paramref name="Score"/>, 0 to 1.</param>
/// <param name="GoodsAbove">Share of the goods that score higher than <paramref name="Score"/>, 0 to 1.</param>
public readonly record struct KolmogorovSmirnov(double Value, double Score, double BadsAbove, double GoodsAbove);
