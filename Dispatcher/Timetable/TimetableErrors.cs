using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>What can be wrong with the files that people write for the dispatcher.</summary>
internal static class TimetableErrors
{
    public static ErrorCode PipelineInvalid { get; } = new("PIPELINE_INVALID", ExitCode.Configuration,
        "A pipeline file has mistakes; the text names each with file, line and column. `dispatcher check` lists them all.");
}
