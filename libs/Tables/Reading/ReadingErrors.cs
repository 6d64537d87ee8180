using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tables;

/// <summary>What can go wrong while a table is read, one method per failure.</summary>
internal static class ReadingErrors
{
    public static BatchScoringException NotFound(string file) => new(TableErrors.InputNotFound,
        $"There is no input file {file}. Check the path.");

    public static BatchScoringException Unusable(string file, string found, Exception? inner = null) => new(TableErrors.InputCorrupt,
        $"{file} cannot be read: {found}. Check the file and deliver it again.", inner: inner);

    public static BatchScoringException Missing(string file, IReadOnlyCollection<string> missing, IReadOnlyList<string> found) =>
        new(TableErrors.InputColumnsMissing,
            $"{file} lacks {missing.Count} of the columns that are needed: {string.Join(", ", missing.Select(ShownText.Of))}. It has: {Short(found)}. " +
            $"Names count letter by letter. Deliver the columns, or take a model that was trained on these.{DelimiterHint.Of(found)}");

    public static BatchScoringException TooFew(string file, IReadOnlyList<string> found, int needed) => new(TableErrors.InputColumnsMissing,
        $"{file} has {found.Count} columns beside the key; the model has no names, binds its columns by position and needs {needed}. " +
        $"Deliver the columns in the order of the training table.{DelimiterHint.Of(found)}");

    public static BatchScoringException WrongTypes(string file, IEnumerable<string> wrong) => new(TableErrors.InputColumnType,
        $"{file} has columns of types that cannot be what is needed: {string.Join("; ", wrong)}. A number is a number, a boolean or a " +
        "number's text; a category is text or a whole number. Convert them before.");

    public static BatchScoringException TooShort(string file, long found, long wanted) => new(TableErrors.InputCorrupt,
        $"{file} gave {found:N0} rows, {wanted:N0} were expected: it is not the file that was planned, or it is damaged. Run the command again.");

    public static BatchScoringException Disorder(string file, long found, long expected) => new(TableErrors.InputOrder,
        $"{file} came out of order: row {found:N0} where row {expected:N0} was due. This is a defect of the program; please report it.");

    public static BatchScoringException Decoder(string wrong) => new(TableErrors.DecoderUnknown, wrong);

    public static BatchScoringException Declined(string file, int group, Decline decline) => new(TableErrors.ReaderDeclined,
        $"Our own reader does not read row group {group} of {file}: {decline}. With --reader auto, the default, DuckDB reads it instead.");

    /// <summary>What DuckDB's error means for whoever reads a file.</summary>
    public static Exception From(DuckDbException error, string file) => error.Kind switch
    {
        DuckDbErrorKind.Memory => new BatchScoringException(TableErrors.TaskMemory,
            $"Reading {file} needs more memory than DuckDB was given: {error.DuckText} Raise the memory, or cut smaller files.", inner: error),
        DuckDbErrorKind.Interrupt or DuckDbErrorKind.Library or DuckDbErrorKind.Disk or DuckDbErrorKind.Rights => error,
        _ => Unusable(file, FirstLines(error.DuckText), error),
    };

    private static string Short(IEnumerable<string> names)
    {
        var all = names.ToList();
        const int shown = 20;
        return string.Join(", ", all.Take(shown).Select(ShownText.Of)) + (all.Count > shown ? $" and {all.Count - shown} more" : "");
    }

    /// <summary>DuckDB's CSV errors list all settings of the reader after the part that helps.</summary>
    private static string FirstLines(string text)
    {
        IEnumerable<string> lines = text.Split('\n').TakeWhile(line => !line.StartsWith("Possible", StringComparison.Ordinal) && !line.StartsWith("  file =", StringComparison.Ordinal)
            && !line.StartsWith("LINE ", StringComparison.Ordinal));
        return string.Join(" – ", lines.Where(line => line.Length > 0)).TrimEnd('.');
    }
}
