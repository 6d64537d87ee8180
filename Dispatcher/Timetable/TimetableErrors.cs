using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Timetable;

/// <summary>What can be wrong with the files that people write for the dispatcher.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
internal static class TimetableErrors
{
    public static ErrorCode SettingsInvalid { get; } = new("DISPATCHER_SETTINGS_INVALID", ExitCode.Configuration,
        "dispatcher.yaml has mistakes; the text names each with line and column. `dispatcher check` lists them all.");

    public static ErrorCode PipelineInvalid { get; } = new("PIPELINE_INVALID", ExitCode.Configuration,
        "A pipeline file has mistakes; the text names each with file, line and column. `dispatcher check` lists them all.");
}
