using BatchScoring.Core;

namespace BatchScoring.Tables;

/// <summary>What can be wrong with input files and their columns.</summary>
#pragma warning disable CS1591 // Each code's cause, which the errors page shows, is its documentation.
public static class TableErrors
{
    public static ErrorCode InputNotFound { get; } = new("INPUT_NOT_FOUND", ExitCode.InputUnusable,
        "There is no such input file.");

    public static ErrorCode InputNoTable { get; } = new("INPUT_NO_TABLE", ExitCode.InputUnusable,
        "An input is neither Parquet nor CSV, or several files are not all Parquet; the message names one.");

    public static ErrorCode InputTableFormat { get; } = new("INPUT_TABLE_FORMAT", ExitCode.InputUnusable,
        "A folder is a table of a format that is not read here (Iceberg, Hudi, Hive ACID), or a part of a Delta table that its log does not know. "
        + "The message says what to name or to hand over instead.");

    public static ErrorCode InputLogDamaged { get; } = new("INPUT_LOG_DAMAGED", ExitCode.InputUnusable,
        "The log of a Delta table is not whole: an entry is missing, empty, torn, a copy, or out of order; the message names it. Have the table "
        + "repaired by the engine that keeps it.");

    public static ErrorCode InputLogFeature { get; } = new("INPUT_LOG_FEATURE", ExitCode.InputUnusable,
        "A Delta table uses a feature that is not read here; the message names it. Hand over its present rows as files.");

    public static ErrorCode InputLogFile { get; } = new("INPUT_LOG_FILE", ExitCode.InputUnusable,
        "A file that belongs to a Delta table by its log is not there, or has another size. Restore it.");

    public static ErrorCode InputLogPath { get; } = new("INPUT_LOG_PATH", ExitCode.InputUnusable,
        "The log of a Delta table names a file outside of the table's folder, as a shallow clone does. Hand over a deep copy.");

    public static ErrorCode InputVersion { get; } = new("INPUT_VERSION", ExitCode.InputUnusable,
        "A table has no such version, or none at that time; or what was named has no versions.");

    public static ErrorCode InputCorrupt { get; } = new("INPUT_CORRUPT", ExitCode.InputUnusable,
        "An input file cannot be read. Deliver it again.");

    public static ErrorCode ReaderUnsupported { get; } = new("READER_UNSUPPORTED", ExitCode.InputUnusable,
        "`--reader native` was given, and our own reader does not read a row group. Leave the option out: DuckDB reads it, to "
        + "the same result.");

    public static ErrorCode InputChanged { get; } = new("INPUT_CHANGED", ExitCode.InputUnusable,
        "An input file is not the one that was planned. Run the command again: it plans anew.");

    public static ErrorCode InputColumnsMissing { get; } = new("INPUT_COLUMNS_MISSING", ExitCode.InputUnusable,
        "An input file lacks columns that are needed; all are named at once.");

    public static ErrorCode InputColumnType { get; } = new("INPUT_COLUMN_TYPE", ExitCode.InputUnusable,
        "A column has a type that cannot be a feature of its kind.");

    public static ErrorCode InputColumnNames { get; } = new("INPUT_COLUMN_NAMES", ExitCode.InputUnusable,
        "Columns have names that cannot be told apart, or a name that is taken (`file_row_number`); the message names them. Rename the column.");

    public static ErrorCode InputUnsupported { get; } = new("INPUT_UNSUPPORTED", ExitCode.InputUnusable,
        "A sound file is written in a form that neither our own reader nor DuckDB reads; the message has both reasons, with column and "
        + "encoding. Have the column written in another form.");

    public static ErrorCode InputOrder { get; } = new("INPUT_ORDER", ExitCode.Failed,
        "Rows came in another order than they lie in the file: a fault of this program. Report it.");

    public static ErrorCode KeyTypeUnsupported { get; } = new("KEY_TYPE_UNSUPPORTED", ExitCode.InputUnusable,
        "A key column is neither text nor an integer.");

    public static ErrorCode DecoderUnknown { get; } = new("DECODER_UNKNOWN", ExitCode.Configuration,
        "`BATCHSCORING_DECODER` names a decoder that does not exist or cannot run on this processor. Unset it.");

    public static ErrorCode InputEncoding { get; } = new("INPUT_ENCODING", ExitCode.InputUnusable,
        "A text table is not in UTF-8, or is no text, or a text of a Parquet file is not UTF-8; the message names the line or row, the "
        + "byte and what it looks like. Write it as UTF-8.");

    public static ErrorCode InputHeader { get; } = new("INPUT_HEADER", ExitCode.InputUnusable,
        "The first line of a text table names a column twice. Names count letter by letter.");

    public static ErrorCode InputRowWidth { get; } = new("INPUT_ROW_WIDTH", ExitCode.InputUnusable,
        "A row of a text table has more or fewer cells than its header names; the message names the line. Empty cells count.");

    public static ErrorCode InputQuotes { get; } = new("INPUT_QUOTES", ExitCode.InputUnusable,
        "Quotes of a CSV do not pair, or a cell is longer than 16 MiB; the message names line and byte.");

    public static ErrorCode TaskMemory { get; } = new("TASK_MEMORY", ExitCode.Failed,
        "A task needs more memory than it was given. Raise it, or cut smaller splits.");

    public static ErrorCode ScratchFailed { get; } = new("SCRATCH_FAILED", ExitCode.Io,
        "The local scratch folder failed. Make room, or point `TMPDIR` to another disk.", RetryHelps: true);
}
