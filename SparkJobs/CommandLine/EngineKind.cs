namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Where a job's tasks and SQL run.</summary>
internal enum EngineKind
{
    Embedded,
    Spark,
}
