using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>What can go wrong with a step that asks a web service.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
internal static class HttpErrors
{
    public static ErrorCode UrlInvalid { get; } = new("HTTP_URL_INVALID", ExitCode.Configuration,
        "The `url` of an http step is no web address, holds a password, or would carry secret headers without TLS.");

    public static ErrorCode Unreachable { get; } = new("HTTP_UNREACHABLE", ExitCode.Unreachable,
        "A web service did not answer, or not in time. A request that got no answer may have been carried out; it carries the attempt's id "
        + "as `Idempotency-Key`.", RetryHelps: true);

    public static ErrorCode Status { get; } = new("HTTP_STATUS", ExitCode.Failed,
        "A web service answered with a status that is not one of those expected. Its own words follow.");
}
