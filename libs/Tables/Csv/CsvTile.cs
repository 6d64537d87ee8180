namespace BatchScoring.Tables.Csv;

/// <summary>
/// A few consecutive rows, cut into cells: few enough for text and places to stay in the cache until the cells are converted. All rows
/// have <see cref="Width"/> cells.
/// </summary>
/// <param name="width">Cells of a row, 1 or more.</param>
internal sealed unsafe class CsvTile(int width)
{
    private const int PlacesAtOnce = 8_192;
    private const int MostRows = 256;

    private readonly PinnedArray<int> _ends = new((Math.Clamp(PlacesAtOnce / width, 1, MostRows) * width) + 64);
    private readonly PinnedArray<int> _starts = new(Math.Clamp(PlacesAtOnce / width, 1, MostRows) + 1);

    public int Width => width;

    /// <summary>The most rows that it takes.</summary>
    public int Capacity => _starts.Length - 1;

    /// <summary>Where each cell ends, row after row; room for 64 places more than the rows need.</summary>
    public int* Ends => _ends.Pointer;

    /// <summary>Where each row begins, and behind them where the next one does.</summary>
    public int* Starts => _starts.Pointer;

    /// <summary>Rows that are cut.</summary>
    public int Rows { get; set; }

    /// <summary>False where a row goes over several lines, or lines without a row stand between them.</summary>
    public bool OneLineARow { get; set; }

    /// <summary>Where the first row that is not cut begins.</summary>
    public int Next => Starts[Rows];
}
