using BatchScoring.Core;
using BatchScoring.DuckDb;
using DuckDB.NET.Native;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>Tells failures of the machine (memory, disk, rights) from those of the data. Never shows SQL: the user did not write it.</summary>
internal static class DuckFailure
{
    public static ErrorText Text(DuckDbException e) => e.Kind switch
    {
        DuckDbErrorKind.Memory => new ErrorText(e.Code, ExitCode.Failed, $"{e.Reason} Raise --memory."),
        DuckDbErrorKind.Rights => new ErrorText(e.Code, ExitCode.NotAllowed, $"{e.Reason} Take another place, or get the right to use this one."),
        DuckDbErrorKind.Disk => new ErrorText(e.Code, ExitCode.Io, $"{e.Reason} Look whether that disk has room; TMPDIR names the one for scratch files."),
        DuckDbErrorKind.Missing => new ErrorText(e.Code, ExitCode.Io, e.Reason),
        DuckDbErrorKind.Library => new ErrorText(e.Code, ExitCode.Configuration, e.Reason),
        _ => new ErrorText(e.Code, ExitCode.InputUnusable, e.Reason),
    };

    /// <summary>False when other data could have gone well.</summary>
    public static bool BlamesMachine(DuckDbException e) =>
        e.Kind is not (DuckDbErrorKind.Data or DuckDbErrorKind.Missing or DuckDbErrorKind.Other)
        || e.ErrorType is DuckDBErrorType.Internal or DuckDBErrorType.Fatal;
}
