namespace BatchScoring.Tables.Csv;

/// <summary>Consecutive rows, column by column. It ends with the reader's next block.</summary>
/// <remarks>Not thread safe.</remarks>
public sealed unsafe class CsvBlock
{
    /// <summary>The most rows of a block; tables of thousands of wanted columns have fewer in one.</summary>
    public const int MaxRows = 2048;

    private const int MaxCells = 8 << 20;

    private readonly CsvColumn[] _columns;
    private readonly int[] _starts;
    private readonly List<CsvBadCell> _bad = [];
    private CsvText? _text;
    private int _from;
    private long _line;

    internal CsvBlock(IReadOnlyList<CsvWanted> wanted, bool quotes)
    {
        Capacity = Math.Clamp(MaxCells / Math.Max(1, wanted.Count) / 64 * 64, 64, MaxRows);
        _starts = new int[Capacity];
        _columns = [.. wanted.Select((column, place) => CsvColumn.Create(column, place, Capacity, quotes))];
    }

    /// <summary>How many rows there are.</summary>
    public int Rows { get; private set; }

    /// <summary>Row number of the first one within the file, from 0.</summary>
    public long FirstRow { get; internal set; }

    /// <summary>Cells that are no numbers where numbers are wanted, in no particular order; their value is NaN.</summary>
    public IReadOnlyList<CsvBadCell> BadCells => _bad;

    internal int Capacity { get; }

    /// <summary>Where the block begins in the text at hand.</summary>
    internal int From => _from;

    private CsvText Text => _text ?? throw new InvalidOperationException("There is no block: call Next first.");

    /// <summary>A column of float32, readable up to a multiple of 64 rows; NaN where a value is missing.</summary>
    /// <param name="wanted">Its place among the wanted columns.</param>
    public float* Floats(int wanted) => ((CsvNumberColumn<float, FloatCells>)_columns[wanted]).Values;

    /// <summary>A column of doubles; NaN where a value is missing.</summary>
    /// <inheritdoc cref="Floats"/>
    public double* Doubles(int wanted) => ((CsvNumberColumn<double, DoubleCells>)_columns[wanted]).Values;

    /// <summary>The values of a column of numbers; NaN where a value is missing.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>, as it was wanted.</typeparam>
    /// <param name="wanted">Its place among the wanted columns.</param>
    public ReadOnlySpan<T> Values<T>(int wanted) where T : unmanaged => typeof(T) == typeof(float)
        ? new ReadOnlySpan<T>(Floats(wanted), Rows)
        : new ReadOnlySpan<T>(Doubles(wanted), Rows);

    /// <summary>A cell of a column of texts, in UTF-8, as it lies in the block.</summary>
    /// <param name="wanted">The column's place among the wanted columns.</param>
    /// <param name="row">The row within the block.</param>
    public ReadOnlySpan<byte> Cell(int wanted, int row)
    {
        (int from, int length) = ((CsvTextColumn)_columns[wanted]).Cells[row];
        return new ReadOnlySpan<byte>(Text.Bytes + _from + from, length);
    }

    /// <summary>What the block's cells of a column are, where only that is wanted.</summary>
    /// <param name="wanted">The column's place among the wanted ones.</param>
    /// <returns>The greatest of their kinds, and the first text that is no number.</returns>
    public (TextKind Kind, string? FirstText) Kind(int wanted) =>
        (((CsvKindColumn)_columns[wanted]).Kind, ((CsvKindColumn)_columns[wanted]).FirstText);

    /// <summary>The line of the file on which a row begins, from 1. Counted when it is asked for.</summary>
    /// <param name="row">The row within the block.</param>
    public long Line(int row) => _line + CsvRow.CountLines(new ReadOnlySpan<byte>(Text.Bytes + _from, _starts[row]));

    /// <summary>The first byte of a row, counted from the beginning of the (decompressed) file.</summary>
    /// <param name="row">The row within the block.</param>
    public long Offset(int row) => Text.Origin + _from + _starts[row];

    internal void Begin(CsvText text, int from, long row, long line)
    {
        (_text, _from, FirstRow, _line, Rows) = (text, from, row, line, 0);
        _bad.Clear();
        foreach (CsvColumn column in _columns) column.Begin();
    }

    /// <summary>Takes rows on.</summary>
    internal void Add(CsvTile tile)
    {
        byte* text = Text.Bytes;
        foreach (CsvColumn column in _columns) column.Take(text, tile, _from, Rows, _bad);
        for (int i = 0; i < tile.Rows; i++) _starts[Rows + i] = tile.Starts[i] - _from;
        Rows += tile.Rows;
    }

    /// <summary>The text has moved towards the front.</summary>
    internal void Move(int by) => _from -= by;

    /// <summary>What came before the block has turned out to be so many rows and lines.</summary>
    internal void Shift(long rows, long lines)
    {
        FirstRow += rows;
        _line += lines;
    }
}
