namespace BatchScoring.SparkJobs.CommandLine;

internal enum OutputFormat
{
    Text,
    Json,
}
