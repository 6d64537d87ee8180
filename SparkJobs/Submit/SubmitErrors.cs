using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>What can go wrong when a job is sent to a cluster.</summary>
internal static class SubmitErrors
{
    public static ErrorCode EngineNotHere { get; } = new("ENGINE_NOT_HERE", ExitCode.Usage,
        "`--engine spark` was given to a program that spark-submit did not start. Say `batch-score submit … -- JOB …`.");

    public static ErrorCode SparkUnreachable { get; } = new("SPARK_UNREACHABLE", ExitCode.Unreachable,
        "Spark did not start, or its driver JVM is gone. Spark's own text follows.", RetryHelps: true);

    public static ErrorCode SubmitUsage { get; } = new("SUBMIT_USAGE", ExitCode.Usage,
        "`submit` was given a job that it cannot send: none, one that needs no cluster, options on the wrong side of `--`, or "
        + "files that cannot travel.");

    public static ErrorCode SubmitSparkNotFound { get; } = new("SUBMIT_SPARK_NOT_FOUND", ExitCode.Configuration,
        "There is no spark-submit where it was looked for. Say `--spark-home FOLDER` or set SPARK_HOME.");

    public static ErrorCode SubmitProgramsMissing { get; } = new("SUBMIT_PROGRAMS_MISSING", ExitCode.Configuration,
        "Only published programs can be sent to a cluster. Run `scripts/publish` and use `out/linux-x64/batch-score`.");

    public static ErrorCode SubmitFailed { get; } = new("SUBMIT_FAILED", ExitCode.Failed,
        "spark-submit ended and the driver left no answer: the cluster refused it, or it was killed. The end of the log "
        + "follows, and where all of it lies.", RetryHelps: true);
}
