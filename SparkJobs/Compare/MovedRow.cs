namespace BatchScoring.SparkJobs.Compare;

/// <summary>A row whose score changed.</summary>
/// <param name="Key">Its key as text.</param>
/// <param name="Then">Its score before.</param>
/// <param name="Now">Its score now.</param>
internal readonly record struct MovedRow(string Key, double Then, double Now);
