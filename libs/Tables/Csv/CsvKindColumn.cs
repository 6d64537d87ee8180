namespace BatchScoring.Tables.Csv;

/// <summary>A column of which only the kind of its texts counts.</summary>
internal sealed unsafe class CsvKindColumn(int column, bool quotes) : CsvColumn(column, quotes)
{
    /// <summary>The greatest of the block's cells.</summary>
    public TextKind Kind { get; private set; }

    /// <summary>The first cell that is no number, as messages show it; null where all are.</summary>
    public string? FirstText { get; private set; }

    public override void Begin() => (Kind, FirstText) = (TextKind.Missing, null);

    protected override void Take(byte* text, int* starts, int behind, int step, CsvTile tile, int block, int row, List<CsvBadCell> bad)
    {
        int* ends = Ends(tile);
        int width = tile.Width;
        for (int i = 0; i < tile.Rows && Kind < TextKind.Text; i++, starts += step, ends += width)
        {
            int from = *starts + behind;
            int length = *ends - from;
            // Most columns are numbers and settle on their kind in the first rows.
            if (length > 0 && (Kind < TextKind.Number || !CellNumber.TryParseShort(text + from, length, out _))) Look(text + from, length);
        }
    }

    private void Look(byte* cell, int length)
    {
        if (Quotes && *cell == '"') length = CsvCell.Unquote(cell++, length);
        var text = new ReadOnlySpan<byte>(cell, length);
        TextKind kind = NumberText.KindOf(text);
        if (kind > Kind) Kind = kind;
        if (kind == TextKind.Text) FirstText ??= CsvCell.Shown(text);
    }
}
