namespace BatchScoring.Statistics;

/// <summary>The Kolmogorov–Smirnov distance and where it is.</summary>
/// <param name="Value">The largest gap between the two cumulative shares, 0 to 1.</param>
/// <param name="Score">The lowest score at which it is reached; the shares count rows at or below it.</param>
public readonly record struct KolmogorovSmirnov(double Value, double Score);
