using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>What can be wrong with a step, whatever its kind.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class StepErrors
{
    public static ErrorCode Deadline { get; } = new("STEP_DEADLINE", ExitCode.Failed,
        "A step took longer than its `deadline` and was stopped, also where it ran.", RetryHelps: true);

    public static ErrorCode Bug { get; } = new("STEP_BUG", ExitCode.Failed,
        "The dispatcher met an error that it has no name for. The text tells it; please report it.");
}
