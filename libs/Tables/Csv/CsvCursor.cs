namespace BatchScoring.Tables.Csv;

/// <summary>Goes through a text and makes blocks of it.</summary>
/// <remarks>Not thread safe.</remarks>
/// <param name="text">The text.</param>
/// <param name="scanner">Cuts it.</param>
/// <param name="tile">Where it is cut; two cursors that take turns may share it.</param>
internal sealed unsafe class CsvCursor(CsvText text, CsvScanner scanner, CsvTile tile)
{
    /// <summary>A block ends early when its text is longer than this: rows may be megabytes long.</summary>
    private const int MaxBlockBytes = 512 << 10;

    /// <summary>Where the next row begins, in the text at hand.</summary>
    public int At { get; set; }

    /// <summary>Rows before it.</summary>
    public long Rows { get; private set; }

    /// <summary>Its line, from 1 (or from wherever it was set).</summary>
    public long Line { get; set; } = 1;

    /// <summary>What is wrong with the row; places count from the beginning of the file.</summary>
    public CsvFault? Fault { get; private set; }

    /// <summary>True when there are no more rows: the text ends, a row is faulty, or begins too late.</summary>
    public bool IsEnd { get; private set; }

    /// <summary>Where the next row begins, counted from the beginning of the file.</summary>
    public long Offset => text.Origin + At;

    /// <summary>Makes the next block.</summary>
    /// <param name="block">Receives it.</param>
    /// <param name="until">Rows that begin here or later, counted from the beginning of the file, are not taken.</param>
    /// <param name="keepAll">True where earlier blocks still lie in the text.</param>
    /// <returns>False when there are no more rows; <see cref="Fault"/> says whether that is well.</returns>
    public bool Next(CsvBlock block, long until, bool keepAll)
    {
        block.Begin(text, At, Rows, Line);
        while (!IsEnd && block.Rows < block.Capacity)
        {
            ScanEnd end = scanner.Scan(
                text.Bytes, At, text.Limit, text.IsFinal, Math.Min(tile.Capacity, block.Capacity - block.Rows), tile, out CsvFault? fault);
            while (tile.Rows > 0 && text.Origin + tile.Starts[tile.Rows - 1] >= until) tile.Rows--;
            Line += tile.OneLineARow ? tile.Rows : CsvRow.CountLines(new ReadOnlySpan<byte>(text.Bytes + At, tile.Next - At));
            block.Add(tile);
            Rows += tile.Rows;
            At = tile.Next;
            IsEnd = Offset >= until;
            if (IsEnd || end == ScanEnd.Rows) continue;
            if (end == ScanEnd.Fault) Stop(fault!);
            else if (text.Fault is not null) Stop(text.Fault);
            else if (text.IsFinal) IsEnd = true;
            else if (text.Limit - At > CsvText.MaxRowBytes) Stop(new CsvFault(CsvFaultKind.LongRow, At));
            else if (block.Rows > 0 && text.Limit - block.From > MaxBlockBytes) break;
            else Fill(block, until, keepAll);
        }

        return block.Rows > 0;
    }

    private void Fill(CsvBlock block, long until, bool keepAll)
    {
        int moved = text.Fill(keepAll ? 0 : block.From, until);
        At -= moved;
        block.Move(moved);
    }

    private void Stop(CsvFault fault)
    {
        long line = Line + CsvRow.CountLines(new ReadOnlySpan<byte>(text.Bytes + At, (int)fault.Offset - At));
        Fault = fault with { Offset = text.Origin + fault.Offset, Line = line };
        IsEnd = true;
    }
}
