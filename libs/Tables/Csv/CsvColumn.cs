namespace BatchScoring.Tables.Csv;

/// <summary>One wanted column of a block.</summary>
/// <param name="column">Its place in the file.</param>
/// <param name="quotes">Whether cells may be quoted.</param>
internal abstract unsafe class CsvColumn(int column, bool quotes)
{
    protected bool Quotes { get; } = quotes;

    public static CsvColumn Create(CsvWanted wanted, int place, int rows, bool quotes) => wanted.Kind switch
    {
        CsvColumnKind.Text => new CsvTextColumn(wanted.Column, rows, quotes),
        CsvColumnKind.Kind => new CsvKindColumn(wanted.Column, quotes),
        CsvColumnKind.Float => new CsvNumberColumn<float, FloatCells>(wanted.Column, place, rows, quotes),
        _ => new CsvNumberColumn<double, DoubleCells>(wanted.Column, place, rows, quotes),
    };

    /// <summary>A new block begins.</summary>
    public virtual void Begin()
    {
    }

    /// <summary>Takes the column's cells out of a tile.</summary>
    /// <param name="text">What the tile's places count from.</param>
    /// <param name="tile">The rows.</param>
    /// <param name="block">Where the block begins in the text.</param>
    /// <param name="row">The tile's first row within the block.</param>
    /// <param name="bad">Receives cells that are no numbers.</param>
    public void Take(byte* text, CsvTile tile, int block, int row, List<CsvBadCell> bad)
    {
        // A cell begins behind the one before it; the first one where the row does.
        if (column == 0) Take(text, tile.Starts, 0, 1, tile, block, row, bad);
        else Take(text, tile.Ends + column - 1, 1, tile.Width, tile, block, row, bad);
    }

    protected abstract void Take(byte* text, int* starts, int behind, int step, CsvTile tile, int block, int row, List<CsvBadCell> bad);

    /// <summary>Where the first row's cell ends; those of further rows follow by the tile's width.</summary>
    protected int* Ends(CsvTile tile) => tile.Ends + column;
}
