namespace BatchScoring.Core;

/// <summary>
/// What DuckDB's own errors mean for a process. They stand here, because tables, queries and programs meet them and libs/DuckDb, which
/// knows nothing of processes, is all that those share.
/// </summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class DuckDbErrors
{
    public static ErrorCode LibraryMissing { get; } = new("DUCKDB_LIBRARY_MISSING", ExitCode.Configuration,
        "DuckDB's shared library cannot be loaded; the text lists where it was looked for. Set `DUCKDB_LIBRARY`.");

    public static ErrorCode Memory { get; } = new("DUCKDB_MEMORY", ExitCode.Failed,
        "DuckDB needs more memory than it was given. Raise `--memory`.");

    public static ErrorCode Disk { get; } = new("DUCKDB_DISK", ExitCode.Io,
        "DuckDB could not read or write a file. Look whether that disk has room; `TMPDIR` names the one for scratch files.");

    public static ErrorCode FileMissing { get; } = new("DUCKDB_FILE_MISSING", ExitCode.Io,
        "A file that DuckDB was to read is not there. Check the path, and whether something removed it.");

    public static ErrorCode NotAllowed { get; } = new("DUCKDB_NOT_ALLOWED", ExitCode.NotAllowed,
        "DuckDB may not read or write there. Take another place, or get the right to use this one.");

    public static ErrorCode Data { get; } = new("DUCKDB_DATA", ExitCode.InputUnusable,
        "DuckDB cannot do with this data what was asked. Its own text follows.");
}
