using BatchScoring.Core;

namespace BatchScoring.ModelRunner;

/// <summary>What can be wrong with what a runner reads and writes.</summary>
internal static class RunnerErrors
{
    public static ErrorCode LineInvalid { get; } = new("LINE_INVALID", ExitCode.Usage,
        "A line on the runner's stdin cannot be understood. Driver and runner must be of one version.");

    public static ErrorCode LineFormatUnknown { get; } = new("LINE_FORMAT_UNKNOWN", ExitCode.Usage,
        "A line has a format that this program does not speak. Driver and runner must be of one version.");

    public static ErrorCode LineTooLong { get; } = new("LINE_TOO_LONG", ExitCode.Usage,
        "A line on the runner's stdin is too long. Cut smaller splits.");

    public static ErrorCode Defect { get; } = new("DEFECT", ExitCode.Failed,
        "The runner met a defect of this program; its log holds the trace. Report it.");

    public static ErrorCode RunnerOutputClosed { get; } = new("RUNNER_OUTPUT_CLOSED", ExitCode.Io,
        "The runner's answers cannot be written: nobody reads them any more.", RetryHelps: true);
}
