namespace BatchScoring.Scoring;

/// <summary>The predictions for consecutive rows of a table.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Key">Their keys; null if none were asked for.</param>
/// <param name="Values">Column-major: all columns of predictions × rows; longer than that.</param>
public sealed record ScoredBlock(int Rows, BlockKeys? Key, double[] Values);
