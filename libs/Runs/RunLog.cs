using Microsoft.Extensions.Logging;

namespace BatchScoring.Runs;

/// <summary>Every log message of a run. None holds option values of unknown content: those may be secrets.</summary>
internal static partial class RunLog
{
    [LoggerMessage(3, LogLevel.Information, "{Run}: attempt {Attempt} begins on {Engine}: {Rows} rows of {Files} files in {Tasks} tasks")]
    public static partial void AttemptBegins(this ILogger log, string run, string attempt, string? engine, long rows, int files, int tasks);

    [LoggerMessage(4, LogLevel.Information,
        "{Run}: attempt {Attempt} ends, {Verdict}: {RowsRead} rows read, {RowsOut} out, {RowsSetAside} set aside")]
    public static partial void AttemptEnds(this ILogger log, string run, string attempt, string verdict, long rowsRead, long rowsOut,
        long rowsSetAside);

    [LoggerMessage(5, LogLevel.Warning, "{Run}: attempt {Attempt} failed: {Code}")]
    public static partial void AttemptFails(this ILogger log, string run, string attempt, string code);

    [LoggerMessage(6, LogLevel.Debug, "split {Split}: {Status}, {RowsRead} rows read, {RowsOut} out, {RowsSetAside} set aside")]
    public static partial void SplitAnswered(this ILogger log, int split, string status, long rowsRead, long rowsOut, long rowsSetAside);
}
