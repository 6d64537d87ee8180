using DuckDB.NET.Native;

namespace BatchScoring.DuckDb.Native;

/// <summary>Tells whose doing an error is, by DuckDB's type of error and, where that is IO, by the words of the operating system.</summary>
internal static class ErrorKinds
{
    // A disk that fills up in the middle of a checkpoint is called fatal, not IO: these count under any type.
    private static readonly string[] DiskFails =
        ["No space left", "Disk quota exceeded", "Input/output error", "Too many open files", "File too large", "Stale file handle"];

    private static readonly string[] Forbidden = ["Permission denied", "Read-only file system", "Operation not permitted"];

    private static readonly string[] NotThere = ["No files found", "No such file"];

    // What DuckDB says when the operating system refuses a file. Its other IO errors are about what a file holds.
    private static readonly string[] FileFails =
    [
        "Cannot open file", "Could not write", "Could not sync", "Could not move", "Could not remove",
        "Could not truncate", "Could not set lock", "Failed to create directory", "Failed to delete", "Could not rename",
    ];

    internal static DuckDbErrorKind Of(DuckDBErrorType type, string text) => type switch
    {
        DuckDBErrorType.OutOfMemory => DuckDbErrorKind.Memory,
        DuckDBErrorType.Interrupt => DuckDbErrorKind.Interrupt,
        DuckDBErrorType.Permission => DuckDbErrorKind.Rights,
        _ when Says(text, DiskFails) => DuckDbErrorKind.Disk,
        DuckDBErrorType.Io when Says(text, Forbidden) => DuckDbErrorKind.Rights,
        DuckDBErrorType.Io when Says(text, NotThere) => DuckDbErrorKind.Missing,
        DuckDBErrorType.Io when Says(text, FileFails) => DuckDbErrorKind.Disk,
        DuckDBErrorType.Io or DuckDBErrorType.InvalidInput or DuckDBErrorType.Conversion or DuckDBErrorType.OutOfRange
            or DuckDBErrorType.Serialization or DuckDBErrorType.MismatchType or DuckDBErrorType.InvalidType or DuckDBErrorType.UnknownType
            or DuckDBErrorType.Decimal or DuckDBErrorType.DivideByZero or DuckDBErrorType.ObjectSize or DuckDBErrorType.Constraint
            => DuckDbErrorKind.Data,
        _ => DuckDbErrorKind.Other,
    };

    private static bool Says(string text, string[] words) => words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
