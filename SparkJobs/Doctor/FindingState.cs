namespace BatchScoring.SparkJobs.Doctor;

internal enum FindingState
{
    Ok,
    Warning,
    Failed,
}
