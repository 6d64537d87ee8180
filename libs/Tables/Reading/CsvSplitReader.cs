using BatchScoring.DuckDb;
using BatchScoring.Tables.Csv;

namespace BatchScoring.Tables;

/// <summary>
/// Reads a text table: numbers as <see cref="NumberText"/> says, categories and keys as the texts that stand in the cells, an empty one
/// included. The rules stand in docs/user/csv.md.
/// </summary>
public sealed unsafe class CsvSplitReader : ISplitReader
{
    private readonly CsvReader _reader;
    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<(int Place, int Wanted)> _numbers;
    private readonly List<(TextCells Cells, TextCategoryColumn Loader)> _categories = [];
    private readonly List<CellDefect> _defects = [];
    private readonly List<string> _wanted = [];
    private readonly TextCells? _keys;
    private DuckVector _key;

    private CsvSplitReader(CsvReader reader, SplitReadRequest request, int threads, CancellationToken cancellation)
    {
        (_reader, _cancellation) = (reader, cancellation);
        DuckColumn[] columns = [.. reader.Names.Select(name => new DuckColumn(name, DuckType.Varchar, "VARCHAR"))];
        var table = new SourceTable(request.Shown, "", [.. columns.Select(column => new TableColumn(column.Name, "", column))], null);
        IReadOnlyList<TableColumn> bound = ColumnFinder.Bind(table, request);
        var places = columns.Select((column, place) => (column.Name, place))
            .ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        var wanted = new List<CsvWanted>();
        var numbers = new List<(int, int)>();
        for (int i = 0; i < bound.Count; i++)
        {
            if (request.Columns[i].Kind == ColumnKind.Number) numbers.Add((i, Want(bound[i].Name, CsvColumnKind.Float)));
            else _categories.Add((new TextCells(bound[i].Type, Want(bound[i].Name, CsvColumnKind.Text)),
                new TextCategoryColumn(bound[i].Name, i, request.Columns[i].RequiredEncoder)));
        }

        if (request.Key is { } key)
            (KeyColumn, _keys) = (columns[places[key]], new TextCells(columns[places[key]], Want(key, CsvColumnKind.Text)));
        _numbers = numbers;
        Block = new ColumnBlock(bound.Count);
        reader.Want(wanted, threads);

        int Want(string name, CsvColumnKind kind)
        {
            wanted.Add(new CsvWanted(places[name], kind));
            _wanted.Add(name);
            return wanted.Count - 1;
        }
    }

    /// <inheritdoc/>
    public int Rows => Block.Rows;

    /// <inheritdoc/>
    public long FirstRow => _reader.Block.FirstRow;

    /// <inheritdoc/>
    public ColumnBlock Block { get; }

    /// <inheritdoc/>
    public DuckColumn? KeyColumn { get; }

    /// <inheritdoc/>
    public DuckVector Key => _keys is not null ? _key : throw new InvalidOperationException("The request names no key.");

    /// <inheritdoc/>
    public IReadOnlyList<CellDefect> Defects => _defects;

    /// <inheritdoc/>
    public RowGroupCounts Groups { get; } = new();

    /// <summary>Opens a file, plain or packed by gzip, in UTF-8; its first line names the columns.</summary>
    /// <param name="request">What to read, of all rows.</param>
    /// <param name="threads">Threads that read; the answers are the same.</param>
    /// <param name="cancellation">Ends reading.</param>
    /// <exception cref="Core.BatchScoringException">There is no such file, it is no such text, or columns are missing: all are named at
    /// once.</exception>
    /// <exception cref="ArgumentException">Some rows only are asked for, or the delimiter cannot be one.</exception>
    public static CsvSplitReader Open(SplitReadRequest request, int threads = 1, CancellationToken cancellation = default)
    {
        if (request.FirstRow != 0 || request.Rows is not null)
            throw new ArgumentException("Only Parquet can be read in pieces.", nameof(request));
        var reader = CsvReader.Open(request.Path, CsvDialect.Of(request.Path, request.Delimiter), request.Shown);
        try
        {
            return new CsvSplitReader(reader, request, threads, cancellation);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public bool Next()
    {
        _cancellation.ThrowIfCancellationRequested();
        _defects.Clear();
        if (!_reader.Next()) return false;
        CsvBlock block = _reader.Block;
        Block.Reset(block.Rows);
        if (_keys is not null) _key = _keys.Of(block);
        foreach ((int place, int wanted) in _numbers) Block.SetNumbers(place, block.Floats(wanted));
        if (block.BadCells.Count > 0)
        {
            _defects.AddRange(block.BadCells.OrderBy(cell => cell.Wanted).ThenBy(cell => cell.Row)
                .Select(cell => new CellDefect(cell.Row, _wanted[cell.Wanted], DefectCodes.NumberUnreadable, cell.Text)));
        }

        foreach ((TextCells cells, TextCategoryColumn loader) in _categories) loader.Load(cells.Of(block), Block, _defects);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
