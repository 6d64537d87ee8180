using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Tells failures of the machine (memory, disk, rights) from those of the data. Never shows SQL: the user did not write it.</summary>
internal static class DuckFailure
{
    public static ErrorText Text(DuckDbException e) => Exit(e) switch
    {
        ExitCode.Failed => new ErrorText(e.Code, ExitCode.Failed, $"{e.Reason} Raise --memory."),
        ExitCode.NotAllowed => new ErrorText(e.Code, ExitCode.NotAllowed, $"{e.Reason} Take another place, or get the right to use this one."),
        ExitCode.Io => new ErrorText(e.Code, ExitCode.Io, $"{e.Reason} Look whether that disk has room; TMPDIR names the one for scratch files."),
        var exit => new ErrorText(e.Code, exit, e.Reason),
    };

    /// <summary>
    /// False when other data could have gone well. Other I/O errors say nothing here: a file that was cut ends in one, too.
    /// </summary>
    public static bool BlamesMachine(DuckDbException e) =>
        e is DuckDbLibraryException || IsForbidden(e) || IsDiskFailure(e)
        || e.ErrorType is DuckErrorType.OutOfMemory or DuckErrorType.Interrupt or DuckErrorType.Internal or DuckErrorType.Fatal;

    private static ExitCode Exit(DuckDbException e) => e switch
    {
        DuckDbLibraryException => ExitCode.InputUnusable,
        _ when IsDiskFailure(e) => ExitCode.Io,
        _ when IsForbidden(e) => ExitCode.NotAllowed,
        { ErrorType: DuckErrorType.OutOfMemory } => ExitCode.Failed,
        { ErrorType: DuckErrorType.Io } => ExitCode.Io,
        _ => ExitCode.InputUnusable,
    };

    /// <summary>DuckDB passes the system's own text on, and no number.</summary>
    private static bool IsDiskFailure(DuckDbException e) => Says(e, "No space left") || Says(e, "Disk quota exceeded") || Says(e, "Input/output error") || Says(e, "Too many open files");

    private static bool IsForbidden(DuckDbException e) =>
        e.ErrorType == DuckErrorType.Permission || (e.ErrorType == DuckErrorType.Io && (Says(e, "Permission denied") || Says(e, "Read-only file system")));

    private static bool Says(DuckDbException e, string text) => e.DuckText.Contains(text, StringComparison.OrdinalIgnoreCase);
}
