namespace BatchScoring.Tables.Csv;

/// <summary>
/// One row, cell by cell: the rules in full. <see cref="MaskScanner{TMasks}"/> takes every row that is not plain here, headers and faulty
/// rows among them, so that there is one set of rules.
/// </summary>
internal static unsafe class CsvRow
{
    /// <summary>The longest cell as it stands in the file, quotes included.</summary>
    public const int MaxCellBytes = 16 << 20;

    /// <summary>Cuts the row that begins at <paramref name="start"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="start">Where the row begins.</param>
    /// <param name="limit">Where the text ends. A carriage return does not stand before it unless it ends the file.</param>
    /// <param name="isFinal">True when the file ends there; then a line end stands before it, unless a quote is open.</param>
    /// <param name="ends">Receives where the cells end, <paramref name="width"/> at most; may be null.</param>
    /// <param name="width">How many cells a row has; 0 when that is not known yet.</param>
    /// <param name="fault">What is wrong with the row; null if nothing is.</param>
    /// <returns>Its cells and where the next row begins; no cells where the line is empty and a row has several; null with a fault, or
    /// without one when the row goes on behind the limit.</returns>
    public static (int Cells, int Next)? Cut(
        byte* text, CsvDialect dialect, int start, int limit, bool isFinal, int* ends, int width, out CsvFault? fault)
    {
        int at = start;
        for (int cells = 0; ; at++)
        {
            int cell = at;
            at = EndOfCell(text, dialect, cell, limit, isFinal, out fault);
            if (fault is not null) return null;
            if ((at < 0 ? limit : at) - cell > MaxCellBytes)
            {
                fault = new CsvFault(CsvFaultKind.LongCell, cell);
                return null;
            }

            if (at < 0) return null;
            if (cells < width && ends is not null) ends[cells] = at;
            cells++;
            if (text[at] == dialect.Delimiter) continue;
            int next = text[at] == '\r' && at + 1 < limit && text[at + 1] == '\n' ? at + 2 : at + 1;
            if (cells == 1 && at == start && width != 1) return (0, next);
            if (width == 0 || cells == width) return (cells, next);
            fault = new CsvFault(CsvFaultKind.Width, start, cells);
            return null;
        }
    }

    /// <summary>Lines that end in a text; a carriage return with a line feed is one end.</summary>
    public static long CountLines(ReadOnlySpan<byte> text)
    {
        long lines = text.Count((byte)'\n');
        for (int at; (at = text.IndexOf((byte)'\r')) >= 0; text = text[(at + 1)..])
        {
            if (at + 1 == text.Length || text[at + 1] != '\n') lines++;
        }

        return lines;
    }

    /// <returns>The place of the delimiter or line end behind the cell; -1 when the text ends before.</returns>
    private static int EndOfCell(byte* text, CsvDialect dialect, int cell, int limit, bool isFinal, out CsvFault? fault)
    {
        fault = null;
        if (!dialect.Quotes || cell >= limit || text[cell] != '"')
        {
            int length = new ReadOnlySpan<byte>(text + cell, limit - cell).IndexOfAny(dialect.Delimiter, (byte)'\n', (byte)'\r');
            return length < 0 ? -1 : cell + length;
        }

        for (int at = cell + 1; ; at += 2)
        {
            int quote = new ReadOnlySpan<byte>(text + at, limit - at).IndexOf((byte)'"');
            if (quote < 0 || at + quote + 1 == limit)
            {
                if (isFinal && limit - cell <= MaxCellBytes) fault = new CsvFault(CsvFaultKind.OpenQuote, cell);
                return -1;
            }

            at += quote;
            byte behind = text[at + 1];
            if (behind == '"') continue;
            if (behind == dialect.Delimiter || behind is (byte)'\n' or (byte)'\r') return at + 1;
            fault = new CsvFault(CsvFaultKind.TextAfterQuote, at + 1, behind);
            return -1;
        }
    }
}
