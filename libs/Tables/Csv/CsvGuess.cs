namespace BatchScoring.Tables.Csv;

/// <summary>
/// Where a row begins near some place of a file, when nobody has read what stands before. Whether the place is quoted can only be guessed;
/// who uses the answer finds out when the rows before it are read.
/// </summary>
internal static unsafe class CsvGuess
{
    /// <summary>Finds the first row that begins behind the text's first byte.</summary>
    /// <param name="text">A text of which nothing is read yet; it begins one byte before the place.</param>
    /// <param name="dialect">How it is written.</param>
    /// <param name="width">Cells of a row.</param>
    /// <returns>Where the row begins in the text; its end when there is none.</returns>
    public static int FirstRow(CsvText text, CsvDialect dialect, int width)
    {
        int plain = Find(text, Plain);
        if (!dialect.Quotes || LooksRight(plain)) return plain;
        int quoted = Find(text, Quoted);
        return LooksRight(quoted) ? quoted : plain;

        int? Plain() => LineEnd(text, 0);

        int? Quoted()
        {
            int at = ClosingQuote(text);
            return at < 0 ? null : CsvRow.Cut(text.Bytes, dialect, at, text.Limit, text.IsFinal, null, 0, out _)?.Next ?? LineEnd(text, at);
        }

        bool LooksRight(int start) => start >= text.Limit
            || CsvRow.Cut(text.Bytes, dialect, start, text.Limit, text.IsFinal, null, width, out CsvFault? fault) is not null
                || fault is null;
    }

    private static int Find(CsvText text, Func<int?> find)
    {
        int? found;
        while ((found = text.Limit == 0 ? null : find()) is null && !text.IsFinal && text.Fault is null
            && text.Limit <= CsvRow.MaxCellBytes) text.Fill(0);
        return found ?? text.Limit;
    }

    private static int? LineEnd(CsvText text, int from)
    {
        int length = new ReadOnlySpan<byte>(text.Bytes + from, text.Limit - from).IndexOfAny((byte)'\n', (byte)'\r');
        if (length < 0) return null;
        int at = from + length;
        return text.Bytes[at] == '\r' && at + 1 < text.Limit && text.Bytes[at + 1] == '\n' ? at + 2 : at + 1;
    }

    /// <returns>The place behind the first quote that is not doubled; -1 when there is none.</returns>
    private static int ClosingQuote(CsvText text)
    {
        for (int at = 1; ; at += 2)
        {
            int length = at < text.Limit ? new ReadOnlySpan<byte>(text.Bytes + at, text.Limit - at).IndexOf((byte)'"') : -1;
            if (length < 0) return -1;
            at += length;
            if (at + 1 >= text.Limit || text.Bytes[at + 1] != '"') return at + 1;
        }
    }
}
