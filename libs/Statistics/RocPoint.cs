namespace BatchScoring.Statistics;

/// <summary>A point of a ROC curve: what is caught when every row at or above <paramref name="Score"/> is called bad.</summary>
/// <param name="FalsePositiveRate">Share of the goods called bad, 0 to 1.</param>
/// <param name="TruePositiveRate">Share of the bads called bad, 0 to 1.</param>
/// <param name="Score">The cut-off; +∞ at the first point, where nothing is called bad.</param>
public readonly record struct RocPoint(double FalsePositiveRate, double TruePositiveRate, double Score);
