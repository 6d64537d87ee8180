using System.Text;

namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>One sheet of a workbook, written from its first to its last row; the header stays in sight when the rows are scrolled.</summary>
internal sealed class Sheet : ICells, IDisposable
{
    /// <summary>The header's row included.</summary>
    public const int MostRows = 1_048_576;

    public const int MostColumns = 16_384;

    /// <summary>Before it, spreadsheets disagree by a day: one of them has a 29 February 1900.</summary>
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    private static readonly int DayZero = new DateOnly(1899, 12, 30).DayNumber;

    private readonly Stream _stream;
    private readonly Utf8Sink _sink;
    private readonly byte[][] _letters;
    private int _row = 1;
    private int _column;
    private bool _inRow;

    public Sheet(Stream stream, int columns)
    {
        _stream = stream;
        _sink = new Utf8Sink(stream);
        _letters = [.. Enumerable.Range(0, columns).Select(column => Encoding.ASCII.GetBytes(Letters(column)))];
        _sink.Put("""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
            <sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>
            <cols><col min="1" max="
            """u8);
        _sink.Put(columns);
        _sink.Put("\" width=\"20\" customWidth=\"1\"/></cols><sheetData>"u8);
    }

    public void Empty() => _column++;

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Open(" t=\"inlineStr\"><is><t"u8);
        _sink.Put(!utf8.IsEmpty && (utf8[0] <= ' ' || utf8[^1] <= ' ') ? " xml:space=\"preserve\">"u8 : ">"u8);
        SheetText.Write(_sink, utf8);
        _sink.Put("</t></is></c>"u8);
    }

    public void Number(double value)
    {
        Open("><v>"u8);
        _sink.Put(value, "R");
        _sink.Put("</v></c>"u8);
    }

    public void Number(float value)
    {
        Open("><v>"u8);
        _sink.Put(value, "R");
        _sink.Put("</v></c>"u8);
    }

    public void Number(long value)
    {
        Open("><v>"u8);
        _sink.Put(value);
        _sink.Put("</v></c>"u8);
    }

    public void Truth(bool value)
    {
        Open(" t=\"b\"><v>"u8);
        _sink.Put(value ? "1</v></c>"u8 : "0</v></c>"u8);
    }

    public void Day(DateOnly value)
    {
        if (value < FirstDay)
        {
            Text(Encoding.ASCII.GetBytes(value.ToString("O")));
            return;
        }

        Open(" s=\"1\"><v>"u8);
        _sink.Put(value.DayNumber - DayZero);
        _sink.Put("</v></c>"u8);
    }

    public void EndRow()
    {
        Begin();
        _sink.Put("</row>"u8);
        _row++;
        _column = 0;
        _inRow = false;
    }

    public void Dispose()
    {
        _sink.Put("</sheetData></worksheet>"u8);
        _sink.Flush();
        _stream.Dispose();
    }

    private static string Letters(int column) =>
        (column < 26 ? "" : Letters((column / 26) - 1)) + (char)('A' + (column % 26));

    private void Open(ReadOnlySpan<byte> rest)
    {
        Begin();
        _sink.Put("<c r=\""u8);
        _sink.Put(_letters[_column++]);
        _sink.Put(_row);
        _sink.Put((byte)'"');
        _sink.Put(rest);
    }

    private void Begin()
    {
        if (_inRow) return;
        _inRow = true;
        _sink.Put("<row r=\""u8);
        _sink.Put(_row);
        _sink.Put("\">"u8);
    }
}
