using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>What can go wrong in an engine: its queries, and the tasks that it hands out.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class EngineErrors
{
    public static ErrorCode SqlFailed { get; } = new("SQL_FAILED", ExitCode.Failed,
        "A query failed; the text holds what DuckDB said.");

    public static ErrorCode SqlMemory { get; } = new("SQL_MEMORY", ExitCode.Failed,
        "A query needs more memory than it may use. Raise it.");

    public static ErrorCode SqlIo { get; } = new("SQL_IO", ExitCode.Io,
        "A query could not read a file or write to its scratch folder. Make room, or point `TMPDIR` to another disk.");

    public static ErrorCode SqlType { get; } = new("SQL_TYPE", ExitCode.Failed,
        "A query returns a type that rows do not carry. Cast it.");

    public static ErrorCode SqlS3aMissing { get; } = new("SQL_S3A_MISSING", ExitCode.Configuration,
        "Spark SQL was to read from S3, and this Spark has no s3a. Add it to the cluster, or run the command without `--engine "
        + "spark`.");

    public static ErrorCode StagedFileGone { get; } = new("STAGED_FILE_GONE", ExitCode.Failed,
        "A file in the staging folder vanished. Find out who cleans it.");

    public static ErrorCode CredentialsExpired { get; } = new("CREDENTIALS_EXPIRED", ExitCode.NotAllowed,
        "The store's credentials ended during the run and there are no newer ones.");

    public static ErrorCode TasksGivenUp { get; } = new("TASKS_GIVEN_UP", ExitCode.Failed,
        "Tasks failed more often than Spark retries. The text holds Spark's reason and what the runners said.", RetryHelps: true);

    public static ErrorCode TaskAnswersBroken { get; } = new("TASK_ANSWERS_BROKEN", ExitCode.Failed,
        "Runners answered what nobody asked: driver and runners are of different versions. Publish and submit again.");
}
