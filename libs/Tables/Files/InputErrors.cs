using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>What can be wrong with an input file, one method per failure.</summary>
public static class InputErrors
{
    /// <summary><c>INPUT_CHANGED</c>: it is not the file that the plan saw.</summary>
    /// <param name="key">The file.</param>
    /// <param name="found">What is there instead, as a sentence.</param>
    public static BatchScoringException Changed(string key, string found) => new(TableErrors.InputChanged,
        $"The input file {key} is not the one that was planned: {found} Run the command again: it plans anew.");

    /// <summary><c>INPUT_CORRUPT</c>: it cannot be read.</summary>
    /// <param name="key">The file.</param>
    /// <param name="where">Where in it, with a blank before; may be empty.</param>
    /// <param name="reason">Why, as a sentence.</param>
    /// <param name="inner">What was caught.</param>
    public static BatchScoringException Corrupt(string key, string where, string reason, Exception? inner = null) =>
        new(TableErrors.InputCorrupt,
            $"The input file {key} cannot be read{where}: {reason} Deliver the file again, then run the command again.", inner: inner);

    /// <summary>
    /// <c>INPUT_CORRUPT</c> or <c>INPUT_UNSUPPORTED</c>: DuckDB refuses a file; what our own reader knows of it is said, too.
    /// </summary>
    /// <param name="error">What DuckDB said.</param>
    /// <param name="shown">What messages call the file.</param>
    /// <param name="path">Where it lies here, with its footer.</param>
    public static Exception Unreadable(DuckDbException error, string shown, string path) =>
        ReadingErrors.From(error, shown, FooterFaults.Find(path));

    /// <summary><c>INPUT_COLUMNS_MISSING</c>.</summary>
    /// <param name="key">The file.</param>
    /// <param name="missing">All columns that are not there.</param>
    public static BatchScoringException ColumnsMissing(string key, IEnumerable<string> missing) => new(TableErrors.InputColumnsMissing,
        $"The input file {key} lacks the columns {string.Join(", ", missing)}. Every file of a dataset needs all of its columns.");

    /// <summary><c>INPUT_COLUMNS_MISSING</c>: the log of a table does not know columns, whatever its files hold.</summary>
    /// <param name="table">The table.</param>
    /// <param name="missing">All columns that are not there.</param>
    /// <param name="columns">The table's columns.</param>
    public static BatchScoringException TableColumnsMissing(string table, IReadOnlyCollection<string> missing, IReadOnlyList<string> columns) =>
        ReadingErrors.Missing(table + ", by the table's log,", missing, columns);

    /// <summary><c>INPUT_COLUMN_NAMES</c>: a column stands in a file and in its path.</summary>
    /// <param name="file">The file.</param>
    /// <param name="column">The column.</param>
    public static BatchScoringException PathColumn(string file, string column) => new(TableErrors.InputColumnNames,
        $"The column {column} stands in the files and, with values of its own, in the names of their folders ({file} is one), and nothing says "
        + $"which counts. Say --path-columns {column} for those of the folders, or move the files to folders of other names.");

    /// <summary><c>KEY_TYPE_UNSUPPORTED</c>: no key can be of that type.</summary>
    /// <param name="key">The file.</param>
    /// <param name="column">The key column.</param>
    /// <param name="type">Its type as SQL calls it.</param>
    public static BatchScoringException KeyType(string key, string column, string type) => new(TableErrors.KeyTypeUnsupported,
        $"The key column '{column}' of {key} is of type {type}. A key is text or an integer; convert it when the data is imported.");

    /// <summary><c>TASK_MEMORY</c>: DuckDB needs more than it was given.</summary>
    /// <param name="mebibytes">What it was given.</param>
    /// <param name="inner">What was caught.</param>
    public static BatchScoringException Memory(int mebibytes, DuckDbException inner) => new(TableErrors.TaskMemory,
        $"The task needs more memory than the {mebibytes} MiB that DuckDB was given: {inner.Reason} Raise the memory, or cut smaller splits.",
        inner: inner);

    /// <summary><c>SCRATCH_FAILED</c>, transient: the local disk, not the input.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="inner">What was caught.</param>
    public static BatchScoringException Scratch(string folder, Exception inner) => new(TableErrors.ScratchFailed,
        $"The local scratch folder {folder} failed: {(inner is DuckDbException duck ? duck.Reason : inner.Message)} Make room, or point " +
        "TMPDIR to another disk.", inner);
}
