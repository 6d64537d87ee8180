namespace BatchScoring.Core;

/// <summary>What can be wrong with the words of every job.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class CoreErrors
{
    public static ErrorCode RunDateInvalid { get; } = new("RUN_DATE_INVALID", ExitCode.Usage,
        "A date is neither written as yyyy-MM-dd nor is it today or yesterday (in UTC).");
}
