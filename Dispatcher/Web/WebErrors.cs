using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What can be wrong with the status page.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
internal static class WebErrors
{
    public static ErrorCode Unavailable { get; } = new("PAGE_UNAVAILABLE", ExitCode.Unreachable,
        "The status page cannot listen on its address: another program has it, or it is not this machine's.");
}
