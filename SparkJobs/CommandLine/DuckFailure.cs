using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>
/// Tells failures of the machine (memory, disk, rights) from those of the data. Never shows SQL: the user did not write it.
/// </summary>
internal static class DuckFailure
{
    public static ErrorText Text(DuckDbException e) => e.Kind switch
    {
        DuckDbErrorKind.Memory => new ErrorText(DuckDbErrors.Memory, $"{e.Reason} Raise --memory."),
        DuckDbErrorKind.Rights =>
            new ErrorText(DuckDbErrors.NotAllowed, $"{e.Reason} Take another place, or get the right to use this one."),
        DuckDbErrorKind.Disk => new ErrorText(DuckDbErrors.Disk,
            $"{e.Reason} Look whether that disk has room; TMPDIR names the one for scratch files."),
        DuckDbErrorKind.Missing => new ErrorText(DuckDbErrors.FileMissing, e.Reason),
        DuckDbErrorKind.Library => new ErrorText(DuckDbErrors.LibraryMissing, e.Reason),
        _ => new ErrorText(DuckDbErrors.Data, e.Reason),
    };
}
