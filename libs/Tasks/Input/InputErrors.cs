using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.Tasks;

/// <summary>What can be wrong with an input file, one method per failure.</summary>
internal static class InputErrors
{
    public static BatchScoringException Changed(string key, string found) => new("INPUT_CHANGED", ExitCode.InputUnusable,
        $"The input file {key} is not the one that was planned: {found} Run the command again: it plans anew.");

    public static BatchScoringException Corrupt(string key, string where, string reason, Exception? inner = null) =>
        new("INPUT_CORRUPT", ExitCode.InputUnusable,
            $"The input file {key} cannot be read{where}: {reason} Deliver the file again, then run the command again.", inner: inner);

    public static BatchScoringException ColumnsMissing(string key, IEnumerable<string> missing) => new("INPUT_COLUMNS_MISSING", ExitCode.InputUnusable,
        $"The input file {key} lacks the columns {string.Join(", ", missing)}. Every file of a dataset needs all of its columns.");

    public static BatchScoringException KeyType(string key, string column, string type) => new("KEY_TYPE_UNSUPPORTED", ExitCode.InputUnusable,
        $"The key column '{column}' of {key} is of type {type}. A key is text or an integer; convert it when the data is imported.");

    public static BatchScoringException Memory(int mebibytes, DuckDbException inner) => new("TASK_MEMORY", ExitCode.Failed,
        $"The task needs more memory than the {mebibytes} MiB that DuckDB was given: {inner.Reason} Raise the memory, or cut smaller splits.",
        inner: inner);

    public static BatchScoringException Scratch(string folder, Exception inner) => new("SCRATCH_FAILED", ExitCode.Io,
        $"The local scratch folder {folder} failed: {(inner is DuckDbException duck ? duck.Reason : inner.Message)} Make room, or point TMPDIR to another disk.", transient: true, inner);
}
