namespace BatchScoring.Spark;

/// <summary>A job as the status tracker saw it.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="Status">What it is doing.</param>
/// <param name="StageIds">The ids of its stages.</param>
public sealed record SparkJobInfo(int JobId, SparkJobStatus Status, IReadOnlyList<int> StageIds);
