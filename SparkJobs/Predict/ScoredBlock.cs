namespace BatchScoring.SparkJobs.Predict;

/// <summary>Answers for consecutive rows.</summary>
/// <param name="Rows">How many rows.</param>
/// <param name="Key">Their keys; null if none were asked for.</param>
/// <param name="Values">Column-major: all answer columns × rows; longer than that.</param>
internal sealed record ScoredBlock(int Rows, KeyCells? Key, double[] Values);
