using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// Reads through DuckDB: its chunks are the blocks, and nothing is copied. Numbers are turned into float32 in the chunk's own
/// memory.
/// </summary>
/// <remarks>It opens a connection of its own; how many threads read is the database's setting. The order of the rows is kept.</remarks>
public sealed unsafe class DuckSplitReader : ISplitReader
{
    private readonly DuckConnection _connection;
    private readonly SplitReadRequest _request;
    private readonly ReadPlan _plan;
    private readonly CancellationToken _cancellation;
    private readonly List<CellDefect> _defects = [];
    private DuckResult? _result;
    private DuckChunk? _chunk;
    private long _read;

    private DuckSplitReader(
        DuckDatabase database, SplitReadRequest request, Func<DuckConnection, SourceTable> open, CancellationToken cancellation)
    {
        (_request, _cancellation) = (request, cancellation);
        _connection = database.Connect();
        try
        {
            _plan = ReadPlan.Make(open(_connection), request);
        }
        catch (DuckDbException e)
        {
            _connection.Dispose();
            throw ReadingErrors.From(e, request.Shown, request.Unread ?? FooterFaults.Find(request.Path, request.Footer));
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        Block = new ColumnBlock(request.Columns.Count);
    }

    /// <inheritdoc/>
    public int Rows => _chunk?.Rows ?? 0;

    /// <inheritdoc/>
    public long FirstRow => _request.FirstRow + _read - Rows;

    /// <inheritdoc/>
    public ColumnBlock Block { get; }

    /// <inheritdoc/>
    public DuckColumn? KeyColumn => _plan.KeyColumn;

    /// <inheritdoc/>
    public DuckVector Key => Chunk[_plan.Key ?? throw new InvalidOperationException("The request names no key.")];

    /// <inheritdoc/>
    public IReadOnlyList<CellDefect> Defects => _defects;

    /// <inheritdoc/>
    public RowGroupCounts Groups { get; } = new();

    private DuckChunk Chunk => _chunk ?? throw new InvalidOperationException("There is no block: call Next first.");

    /// <summary>Opens a Parquet file.</summary>
    /// <exception cref="Core.BatchScoringException">There is no such file, it is no Parquet, or columns are missing or of types that cannot
    /// be what is asked for: all are named at once.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DuckSplitReader OpenParquet(DuckDatabase database, SplitReadRequest request, CancellationToken cancellation = default) =>
        new(database, request, connection => ParquetTable.Open(connection, request), cancellation);

    /// <inheritdoc/>
    public bool Next()
    {
        _defects.Clear();
        try
        {
            // Only now does DuckDB begin to read: who opens a file to check its columns pays for its footer alone.
            if (_result is null) _request.Arriving?.WaitForAll();
            _result ??= _connection.Query(_plan.Sql, _cancellation);
            _chunk = _result.NextChunk();
        }
        catch (DuckDbException e)
        {
            string? column = _plan.FindFault(_connection);
            if (column is not null && CellFaults.FindText(_request, column) is { } text)
                throw ReadingErrors.NotUtf8(_request.Shown, column, text);
            throw ReadingErrors.From(e, _request.Shown, _request.Unread, column);
        }

        if (_chunk is null)
        {
            if (_request.Rows is { } wanted && _read != wanted) throw ReadingErrors.TooShort(_request.Shown, _read, wanted);
            return false;
        }

        CheckOrder(_chunk);
        _read += _chunk.Rows;
        Block.Reset(_chunk.Rows);
        foreach ((int source, ColumnLoader loader) in _plan.Loaders) loader.Load(_chunk[source], Block, _defects);
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _result?.Dispose();
        _connection.Dispose();
    }

    /// <summary>Duplicate rows are named by number, and results are written in the order of the rows: neither may rest on a hope.</summary>
    private void CheckOrder(DuckChunk chunk)
    {
        if (_plan.RowNumber is not { } column) return;
        long* numbers = chunk.Pointer<long>(column);
        long expected = _request.FirstRow + _read;
        if (numbers[0] != expected) throw ReadingErrors.Disorder(_request.Shown, numbers[0], expected);
        if (numbers[chunk.Rows - 1] != expected + chunk.Rows - 1)
            throw ReadingErrors.Disorder(_request.Shown, numbers[chunk.Rows - 1], expected + chunk.Rows - 1);
    }
}
