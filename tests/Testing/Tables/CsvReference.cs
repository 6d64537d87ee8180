using System.Text;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tests.Testing.Tables;

/// <summary>
/// The rules of docs/user/csv.md, one byte after the other, with nothing of the reader's: what the reader is held against. All cells as
/// text.
/// </summary>
public sealed class CsvReference
{
    private readonly byte[] _bytes;
    private readonly byte _delimiter;
    private readonly bool _quotes;
    private readonly int _end;
    private readonly string? _wrongByte;
    private int _at;
    private long _line = 1;

    private CsvReference(byte[] bytes, CsvDialect dialect)
    {
        (_bytes, _delimiter, _quotes) = (bytes, dialect.Delimiter, dialect.Quotes);
        _at = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? 3 : 0;
        for (_end = 0; _end < bytes.Length; _end += Length())
        {
            if (bytes[_end] != 0 && Length() > 0) continue;
            _wrongByte = "INPUT_ENCODING";
            break;
        }
    }

    /// <summary>The header's cells and the rows', as far as they are good.</summary>
    public List<string[]> Rows { get; } = [];

    /// <summary>The line on which each begins.</summary>
    public List<long> Lines { get; } = [];

    /// <summary>Code of the error that ends the table; null for none.</summary>
    public string? Error { get; private set; }

    /// <summary>The line of the error.</summary>
    public long ErrorLine { get; private set; }

    public static CsvReference Read(byte[] bytes, CsvDialect dialect)
    {
        var reference = new CsvReference(bytes, dialect);
        while (reference.Error is null && reference.Row())
        {
        }

        if (reference.Error is null && reference.Rows.Count == 0) reference.Error = "INPUT_CORRUPT";
        if (reference.Rows.Count > 0 && reference.Rows[0].Distinct(StringComparer.Ordinal).Count() < reference.Rows[0].Length)
        {
            reference.Error = "INPUT_HEADER";
            reference.ErrorLine = 0;
            reference.Rows.Clear();
        }

        return reference;
    }

    /// <summary>Bytes of the character at <see cref="_end"/>; 0 where there is none.</summary>
    private int Length() =>
        Rune.DecodeFromUtf8(_bytes.AsSpan(_end), out _, out int length) == System.Buffers.OperationStatus.Done ? length : 0;

    private bool Fail(string code, long line)
    {
        (Error, ErrorLine) = (code, line);
        return false;
    }

    private bool Row()
    {
        if (_at >= _end) return _wrongByte is null ? false : Fail(_wrongByte, _line);
        long line = _line;
        var cells = new List<string>();
        var cell = new List<byte>();
        bool isQuoted = false, isClosed = false;
        long opened = line;
        int start = _at;
        while (true)
        {
            if (_at >= _end)
            {
                if (_wrongByte is not null) return Fail(_wrongByte, _line);
                if (isQuoted && !isClosed) return Fail("INPUT_QUOTES", opened);
                break;
            }

            byte value = _bytes[_at++];
            bool isLineEnd = value is (byte)'\n' or (byte)'\r';
            if (isLineEnd)
            {
                if (value == '\r' && _at < _end && _bytes[_at] == '\n') _at++;
                _line++;
            }

            if (isQuoted && !isClosed)
            {
                if (value != '"') cell.AddRange(isLineEnd && _bytes[_at - 1] != value ? "\r\n"u8 : [value]);
                else if (_at < _end && _bytes[_at] == '"') cell.Add(_bytes[_at++]);
                else isClosed = true;
            }
            else if (value == _delimiter || isLineEnd)
            {
                cells.Add(Encoding.UTF8.GetString([.. cell]));
                cell.Clear();
                if (isLineEnd && cells is [""] && !isQuoted && (Rows.Count == 0 || Rows[0].Length > 1)) return true;
                if (isLineEnd) return Take(cells, line);
                (isQuoted, isClosed, start) = (false, false, _at);
            }
            else if (isClosed) return Fail("INPUT_QUOTES", _line);
            else if (_quotes && value == '"' && _at - 1 == start) (isQuoted, opened) = (true, _line);
            else cell.Add(value);
        }

        cells.Add(Encoding.UTF8.GetString([.. cell]));
        return Take(cells, line);
    }

    private bool Take(List<string> cells, long line)
    {
        if (Rows.Count > 0 && cells.Count != Rows[0].Length) return Fail("INPUT_ROW_WIDTH", line);
        Rows.Add([.. cells]);
        Lines.Add(line);
        return true;
    }
}
