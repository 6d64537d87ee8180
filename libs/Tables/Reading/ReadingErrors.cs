using System.Buffers;
using System.Text;
using BatchScoring.Core;
using BatchScoring.DuckDb;
using BatchScoring.Parquet;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tables;

/// <summary>What can go wrong while a table is read, one method per failure.</summary>
internal static class ReadingErrors
{
    private static readonly string[] _endings = ["Possible", "  file =", "LINE ", "Stack Trace", "Database is launched"];

    public static BatchScoringException NotFound(string file) => new(TableErrors.InputNotFound,
        $"There is no input file {file}. Check the path.");

    public static BatchScoringException Unusable(string file, string found, Exception? inner = null) => new(TableErrors.InputCorrupt,
        $"{file} cannot be read: {found}. Check the file and deliver it again.", inner: inner);

    public static BatchScoringException Missing(string file, IReadOnlyCollection<string> missing, IReadOnlyList<string> found) =>
        new(TableErrors.InputColumnsMissing,
            $"{file} lacks {missing.Count} of the columns that are needed: {Short(missing)}. It has: {Short(found)}. " +
            (PartitionStep(file, missing)
                ?? "Names count letter by letter. Deliver the columns, or take a model that was trained on these.") +
            DelimiterHint.Of(found));

    public static BatchScoringException WrongTypes(string file, IEnumerable<string> wrong) => new(TableErrors.InputColumnType,
        $"{file} has columns of types that cannot be what is needed: {string.Join("; ", wrong)}. A number is a number, a boolean or a " +
        "number's text; a category is text or a whole number. Convert them before.");

    public static BatchScoringException NameTwice(string file, string name) => new(TableErrors.InputColumnNames,
        $"{file} has two columns called '{name}', and nothing says which is meant. Rename one of them.");

    public static BatchScoringException NamesByCase(string file, string name, string other) => new(TableErrors.InputColumnNames,
        $"{file} has the columns '{name}' and '{other}', which differ in letter case at most: SQL takes them for one. Rename one of them.");

    public static BatchScoringException ReservedName(string file, string name) => new(TableErrors.InputColumnNames,
        $"{file} has a column called '{name}', the name under which rows are numbered when a file is read. Rename the column.");

    public static BatchScoringException TooShort(string file, long found, long wanted) => new(TableErrors.InputCorrupt,
        $"{file} gave {found:N0} rows, {wanted:N0} were expected: it is not the file that was planned, or it is damaged. Run the command again.");

    public static BatchScoringException Disorder(string file, long found, long expected) => new(TableErrors.InputOrder,
        $"{file} came out of order: row {found:N0} where row {expected:N0} was due. This is a defect of the program; please report it.");

    public static BatchScoringException NotUtf8(string file, string column, InvalidText text)
    {
        byte[] bytes = [.. text.Bytes];
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes.AsSpan(offset), out _, out int length) == OperationStatus.Done) offset += length;
        return new BatchScoringException(TableErrors.InputEncoding, FormattableString.Invariant(
            $"Column '{column}' of {file}, data row {text.Row + 1} (row number {text.Row} counted from 0): the text is not UTF-8: ") +
            FormattableString.Invariant($"it has the byte {bytes[offset]:X2} at offset {offset}{CsvErrors.Letter(bytes[offset])}. ") +
            "Write the column as UTF-8 and deliver the file again.");
    }

    public static BatchScoringException Decoder(string wrong) => new(TableErrors.DecoderUnknown, wrong);

    public static BatchScoringException Unsupported(string file, int group, Unsupported reason) => new(TableErrors.ReaderUnsupported,
        $"Our own reader does not read row group {group} of {file}: {reason}. With --reader auto, the default, DuckDB is asked instead.");

    /// <summary>What DuckDB's error means for whoever reads a file.</summary>
    /// <param name="error">The error.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="own">Why our own reader does not read it; null where nobody asked it, or it has nothing against it.</param>
    /// <param name="column">The column at fault; null where nobody knows.</param>
    public static Exception From(DuckDbException error, string file, Unsupported? own = null, string? column = null) => error.Kind switch
    {
        DuckDbErrorKind.Memory => new BatchScoringException(TableErrors.TaskMemory,
            $"Reading {file} needs more memory than DuckDB was given: {FirstLines(error.DuckText)}. Raise the memory, or cut smaller files.", inner: error),
        DuckDbErrorKind.Interrupt or DuckDbErrorKind.Library or DuckDbErrorKind.Disk or DuckDbErrorKind.Rights => error,
        _ when own is { Code: UnsupportedCodes.Encrypted } => new BatchScoringException(TableErrors.InputUnsupported,
            $"{file} is encrypted, and no key can be given. Deliver it decrypted.", inner: error),
        _ when own is { IsLegal: true } => new BatchScoringException(TableErrors.InputUnsupported,
            $"{file} is written in a form that nobody here reads. Our own reader: {own}. DuckDB: {FirstLines(error.DuckText)}. " +
            "Have the column written in another form, or leave it out.", inner: error),
        _ when own is not null => Unusable(file, $"{own}; and DuckDB says: {FirstLines(error.DuckText)}", error),
        _ => Unusable(file, (column is null ? "" : $"column {column}: ") + FirstLines(error.DuckText), error),
    };

    private static string Short(IReadOnlyCollection<string> names)
    {
        const int shown = 20;
        return string.Join(", ", names.Take(shown).Select(ShownText.Of)) + (names.Count > shown ? $" and {names.Count - shown} more" : "");
    }

    /// <summary>Spark, Hive and DuckDB show steps of the path as columns; here a file has the columns that it has.</summary>
    private static string? PartitionStep(string file, IEnumerable<string> missing)
    {
        string? step = file.Split('/').FirstOrDefault(step => missing.Any(name => step.StartsWith(name + "=", StringComparison.Ordinal)));
        return step is null ? null
            : $"{step[..step.IndexOf('=', StringComparison.Ordinal)]} is a folder of the path ({step}) and no column of the file. Write " +
            "it into the files.";
    }

    /// <summary>
    /// DuckDB's CSV errors list all settings of the reader after the part that helps, its internal errors the whole stack.
    /// </summary>
    private static string FirstLines(string text)
    {
        IEnumerable<string> lines = text.Split('\n')
            .TakeWhile(line => !Array.Exists(_endings, ending => line.StartsWith(ending, StringComparison.Ordinal)));
        return string.Join(" – ", lines.Where(line => line.Length > 0)).TrimEnd('.');
    }
}
