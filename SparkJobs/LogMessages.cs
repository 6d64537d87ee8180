using Microsoft.Extensions.Logging;

namespace BatchScoring.SparkJobs;

/// <summary>Every log message of this program. None holds option values of unknown content: those may be secrets.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "{Command} begins: {Version}")]
    public static partial void CommandBegins(this ILogger log, string command, string version);

    [LoggerMessage(2, LogLevel.Information, "{Command} ends with {ExitCode} after {Seconds} s")]
    public static partial void CommandEnds(this ILogger log, string command, int exitCode, double seconds);
}
