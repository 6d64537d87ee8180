namespace BatchScoring.Tables.Csv;

/// <summary>A column of texts: where they lie in the block's text.</summary>
internal sealed unsafe class CsvTextColumn(int column, int rows, bool quotes) : CsvColumn(column, quotes)
{
    private readonly PinnedArray<(int From, int Length)> _cells = new(rows);

    /// <summary>Place, counted from the block's first byte, and length of each text.</summary>
    public (int From, int Length)* Cells => _cells.Pointer;

    protected override void Take(byte* text, int* starts, int behind, int step, CsvTile tile, int block, int row, List<CsvBadCell> bad)
    {
        int* ends = Ends(tile);
        (int From, int Length)* to = _cells.Pointer + row;
        int width = tile.Width;
        for (int i = 0; i < tile.Rows; i++, starts += step, ends += width)
        {
            int from = *starts + behind;
            int length = *ends - from;
            if (Quotes && length > 0 && text[from] == '"') (from, length) = (from + 1, CsvCell.Unquote(text + from, length));
            to[i] = (from - block, length);
        }
    }
}
