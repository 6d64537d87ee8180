using BatchScoring.Core;

namespace BatchScoring.Tables.Csv;

/// <summary>What can go wrong with a text table, one method per failure.</summary>
internal static class CsvErrors
{
    public static BatchScoringException NotFound(string file) => new(TableErrors.InputNotFound,
        $"There is no input file {file}. Check the path.");

    /// <summary>What it means that bytes could not be had.</summary>
    public static BatchScoringException Reading(string file, Exception error) => Unusable(
        file, error is InvalidDataException
            ? $"its packed bytes are cut or damaged ({error.Message.TrimEnd('.')})"
            : error.Message.TrimEnd('.'), error);

    public static BatchScoringException Unusable(string file, string found, Exception? inner = null) => new(TableErrors.InputCorrupt,
        $"{file} cannot be read: {found}. Check the file and deliver it again.", inner: inner);

    public static BatchScoringException Encoding(string file, string found) => new(TableErrors.InputEncoding,
        $"{file} is not text in UTF-8: {found}. Write it as UTF-8 (with or without a byte order mark), plain or packed by gzip, and " +
        "deliver it again.");

    public static BatchScoringException Name(string file, string found) => new(TableErrors.InputHeader,
        $"The header of {file} cannot be used: {found}. The first line names the columns, each once; names count letter by letter. " +
        "Correct it.");

    /// <param name="fault">What is wrong.</param>
    /// <param name="file">What messages call the file.</param>
    /// <param name="names">The columns' names; empty while the header is read.</param>
    public static BatchScoringException Of(CsvFault fault, string file, IReadOnlyList<string> names) => fault.Kind switch
    {
        CsvFaultKind.NotUtf8 => Encoding(file, FormattableString.Invariant(
            $"line {fault.Line} has the byte {fault.Found:X2} at offset {fault.Offset}{Letter((byte)fault.Found)}")),
        CsvFaultKind.Nul => Encoding(file, FormattableString.Invariant(
            $"line {fault.Line} has a zero byte at offset {fault.Offset}, as UTF-16, UTF-32 and binary files have them")),
        CsvFaultKind.TextAfterQuote => Malformed(file, fault,
            $"text ({Shown((byte)fault.Found)}) follows the quote that ends a cell. A quoted cell ends in a quote that a delimiter or a " +
            "line end follows; a quote within it is written twice"),
        CsvFaultKind.OpenQuote =>
            Malformed(file, fault, "a quote opens a cell that does not end before the file does. Close it, or write a quote that is " +
            "meant as such twice, in quotes"),
        CsvFaultKind.LongCell =>
            Malformed(file, fault, $"a cell has more than {CsvRow.MaxCellBytes >> 20} MiB. Allowed are up to {CsvRow.MaxCellBytes:N0} " +
            "bytes; a quote that is never closed looks like this, too"),
        CsvFaultKind.LongRow => Malformed(file, fault, $"a row has more than {CsvText.MaxRowBytes >> 30} GiB"),
        _ => new BatchScoringException(TableErrors.InputRowWidth, FormattableString.Invariant(
            $"{file}, line {fault.Line}: the row has {fault.Found} cells; allowed are {names.Count}, as many as the header names. ") +
            (fault.Found < names.Count ? $"It ends before {ShownText.Of(names[(int)fault.Found])}. " : "") +
            $"Correct the row, and quote cells that hold a delimiter or a line end.{DelimiterHint.Of(names)}"),
    };

    private static BatchScoringException Malformed(string file, CsvFault fault, string found) => new(TableErrors.InputQuotes,
        FormattableString.Invariant($"{file}, line {fault.Line} (byte {fault.Offset}): {found}."));

    private static string Shown(byte value) => value is > 32 and < 127 ? $"'{(char)value}'" : $"byte {value:X2}";

    /// <summary>What Western one-byte encodings mean by it, because that is what such files mostly are.</summary>
    public static string Letter(byte value) => value >= 0xA0 ? $", which is {(char)value} in Latin-1 and Windows-1252" : "";
}
