using System.Buffers;
using System.Text;

namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>
/// CSV for a spreadsheet that opens it by a double click: a byte order mark, so that it is taken for UTF-8; lines that end in CR LF; and
/// no text that would be run as a formula. A text that begins with one of the signs by which spreadsheets know a formula, or with the
/// apostrophe itself, gets an apostrophe before it (OWASP, "CSV Injection"): whoever takes one away from each text that has one has the
/// text as it was. Numbers are left alone, negative ones too.
/// </summary>
internal sealed class SpreadsheetCsv : ICells
{
    /// <summary>With their forms of double width, which spreadsheets of East Asia take for the same.</summary>
    private static readonly SearchValues<char> Formula = SearchValues.Create("=+-@\t\r\n'＝＋－＠＇");

    private readonly Utf8Sink _sink;
    private readonly byte _delimiter;
    private readonly bool _decimalComma;
    private readonly SearchValues<byte> _quoted;
    private bool _inRow;

    public SpreadsheetCsv(Stream stream, char delimiter, bool decimalComma)
    {
        (_sink, _delimiter, _decimalComma) = (new Utf8Sink(stream), (byte)delimiter, decimalComma);
        _quoted = SearchValues.Create([_delimiter, (byte)'"', (byte)'\r', (byte)'\n']);
        _sink.Put(Encoding.UTF8.Preamble);
    }

    public void Empty() => Begin();

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Begin();
        bool isFormula = Rune.DecodeFromUtf8(utf8, out Rune first, out _) == OperationStatus.Done && first.IsBmp
            && Formula.Contains((char)first.Value);
        // An empty text is told from nothing, and blanks at the ends stay.
        bool quoted = utf8.IsEmpty || utf8.ContainsAny(_quoted) || utf8[0] == ' ' || utf8[^1] == ' ';
        if (quoted) _sink.Put((byte)'"');
        if (isFormula) _sink.Put((byte)'\'');
        for (int quote; (quote = utf8.IndexOf((byte)'"')) >= 0; utf8 = utf8[(quote + 1)..])
        {
            _sink.Put(utf8[..(quote + 1)]);
            _sink.Put((byte)'"');
        }

        _sink.Put(utf8);
        if (quoted) _sink.Put((byte)'"');
    }

    public void Number(double value)
    {
        Begin();
        WithComma(_sink.Put(value, "R"));
    }

    public void Number(float value)
    {
        Begin();
        WithComma(_sink.Put(value, "R"));
    }

    public void Number(long value)
    {
        Begin();
        _sink.Put(value);
    }

    public void Truth(bool value)
    {
        Begin();
        _sink.Put(value ? "TRUE"u8 : "FALSE"u8);
    }

    public void Day(DateOnly value)
    {
        Begin();
        _sink.Put(value, "yyyy-MM-dd");
    }

    public void EndRow()
    {
        _sink.Put("\r\n"u8);
        _inRow = false;
    }

    public void Flush() => _sink.Flush();

    private void Begin()
    {
        if (_inRow) _sink.Put(_delimiter);
        _inRow = true;
    }

    private void WithComma(Span<byte> number)
    {
        if (_decimalComma) number.Replace((byte)'.', (byte)',');
    }
}
