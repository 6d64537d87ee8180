using System.Numerics;
using System.Runtime.CompilerServices;

namespace BatchScoring.Tables.Csv;

/// <summary>
/// Cuts 64 bytes at a time: bits stand for delimiters, line ends and quotes, the parity of the quotes blots out what is quoted, and the
/// places of the bits that are left are where cells end. Rows that are not plain (a quote within a cell, another number of cells, an
/// empty line) go through <see cref="CsvRow"/>.
/// </summary>
internal sealed unsafe class MaskScanner<TMasks>(CsvDialect dialect) : CsvScanner(dialect) where TMasks : struct, ICsvMasks
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override ScanEnd Scan(byte* text, int from, int limit, bool isFinal, int most, CsvTile tile, out CsvFault? fault)
    {
        (byte delimiter, ulong knowsQuotes) = (Dialect.Delimiter, Dialect.Quotes ? ulong.MaxValue : 0);
        int* ends = tile.Ends;
        int* starts = tile.Starts;
        int width = tile.Width;
        (int rows, int written, int at) = (0, 0, from);
        Parity parity = Parity.AtRow;
        ulong quotedLines = 0;
        bool isPlain = true;
        starts[0] = from;
        fault = null;
        while (at < limit)
        {
            CsvMasks masks = TMasks.Of(text + at, delimiter);
            ulong there = limit - at >= 64 ? ulong.MaxValue : (1UL << (limit - at)) - 1;
            ulong returns = masks.Returns & there;
            ulong lines = masks.LineFeeds & there;
            if (returns != 0) lines |= returns & ~((masks.LineFeeds >> 1) | (text[at + 64] == '\n' ? 1UL << 63 : 0));
            ulong cellEnds = (masks.Delimiters & there) | lines;
            ulong quotes = masks.Quotes & there & knowsQuotes;
            bool isRegular = true;
            if ((quotes | parity.Inside | parity.AfterQuote) != 0)
            {
                ulong quoted = parity.Advance(quotes, cellEnds | returns, there, out isRegular);
                quotedLines |= lines & quoted;
                lines &= ~quoted;
                cellEnds &= ~quoted;
            }
            else parity.AtCell = (cellEnds | returns) >> 63;

            Write(cellEnds, at, ends + written);
            for (ulong left = lines; left != 0 && isRegular; left &= left - 1)
            {
                int end = at + BitOperations.TrailingZeroCount(left);
                int cells = written + BitOperations.PopCount(cellEnds & (left ^ (left - 1)));
                isRegular = cells == (rows + 1) * width && end - starts[rows] <= CsvRow.MaxCellBytes;
                if (!isRegular) break;
                if (text[end] == '\n' && text[end - 1] == '\r' && end > starts[rows]) ends[cells - 1] = end - 1;
                starts[++rows] = end + 1;
                if (rows == most) return Done(tile, rows, isPlain && quotedLines == 0, ScanEnd.Rows);
            }

            written += BitOperations.PopCount(cellEnds);
            at += 64;
            if (isRegular && written <= (rows + 1) * width) continue;

            isPlain = false;
            (int Cells, int Next)? row = CsvRow.Cut(text, Dialect, starts[rows], limit, isFinal, ends + (rows * width), width, out fault);
            if (row is null) return Done(tile, rows, false, fault is null ? ScanEnd.Text : ScanEnd.Fault);
            if (row.Value.Cells > 0) rows++;
            starts[rows] = at = row.Value.Next;
            written = rows * width;
            parity = Parity.AtRow;
            if (rows == most) return Done(tile, rows, false, ScanEnd.Rows);
        }

        // What is left goes on behind the limit, or for ever.
        if (starts[rows] < limit) CsvRow.Cut(text, Dialect, starts[rows], limit, isFinal, null, width, out fault);
        return Done(tile, rows, isPlain && quotedLines == 0, fault is null ? ScanEnd.Text : ScanEnd.Fault);
    }

    private static ScanEnd Done(CsvTile tile, int rows, bool isOneLineARow, ScanEnd end)
    {
        (tile.Rows, tile.OneLineARow) = (rows, isOneLineARow);
        return end;
    }

    /// <summary>Writes the places of set bits; up to 63 places behind the last one are overwritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(ulong bits, int at, int* to)
    {
        for (; bits != 0; to += 4)
        {
            to[0] = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            to[1] = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            to[2] = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
            to[3] = at + BitOperations.TrailingZeroCount(bits);
            bits &= bits - 1;
        }
    }
}
