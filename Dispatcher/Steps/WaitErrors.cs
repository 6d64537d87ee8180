using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>What can go wrong with a step that waits.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
internal static class WaitErrors
{
    public static ErrorCode Unclear { get; } = new("WAIT_UNCLEAR", ExitCode.Configuration,
        "A wait step names neither a file nor a folder, or both.");

    public static ErrorCode Over { get; } = new("WAIT_OVER", ExitCode.TryLater,
        "What a wait step waits for was not there, or not complete, in the time that it has. Ask who delivers it.", RetryHelps: true);
}
