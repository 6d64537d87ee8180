using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>The rows of a statement, streamed in chunks of up to 2,048 rows.</summary>
/// <remarks>One thread at a time, with its connection. It ends when the connection runs another statement.</remarks>
public sealed unsafe class DuckResult : IDisposable
{
    private readonly DuckConnection _connection;
    private readonly ResultHandle _handle = new();
    private readonly string _sql;
    private readonly CancellationToken _cancellation;
    private readonly DuckChunk _chunk;
    private CancellationTokenRegistration _registration;
    private bool _ended;

    private DuckResult(DuckConnection connection, nint pending, string sql, CancellationToken cancellation)
    {
        (_connection, _sql, _cancellation) = (connection, sql, cancellation);
        _registration = cancellation.UnsafeRegister(static it => ((DuckConnection)it!).Interrupt(), connection);
        try
        {
            cancellation.ThrowIfCancellationRequested();
            if (Native.NativeMethods.duckdb_execute_pending(pending, _handle.Result) != DuckDBState.Success) throw Error();
            Columns = ReadColumns();
            _chunk = new DuckChunk(Columns);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The columns, in the order of the SQL.</summary>
    public IReadOnlyList<DuckColumn> Columns { get; }

    internal static DuckResult Run(DuckConnection connection, nint pending, string sql, CancellationToken cancellation) =>
        new(connection, pending, sql, cancellation);

    /// <summary>Fetches the next rows.</summary>
    /// <returns>The chunk, always the same object; null after the last one. All spans and pointers of the chunk before end here.</returns>
    /// <exception cref="DuckDbException">The statement fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DuckChunk? NextChunk()
    {
        ObjectDisposedException.ThrowIf(_handle.IsClosed, this);
        while (!_ended)
        {
            _chunk.Clear();
            if (_handle.Fetch() is { } chunk) _chunk.Set(chunk);
            else End();
            if (_chunk.Rows > 0) return _chunk;
        }

        return null;
    }

    /// <summary>Reads all remaining rows as objects, see <see cref="DuckChunk.Value"/>; for small results.</summary>
    public IReadOnlyList<object?[]> Rows()
    {
        var rows = new List<object?[]>();
        while (NextChunk() is { } chunk)
        {
            for (int row = 0; row < chunk.Rows; row++)
            {
                object?[] values = new object?[Columns.Count];
                for (int column = 0; column < values.Length; column++) values[column] = chunk.Value(column, row);
                rows.Add(values);
            }
        }

        return rows;
    }

    /// <summary>Reads the one value of a result with one row and one column. Integers are widened or narrowed if they fit.</summary>
    /// <typeparam name="T">What the value is read as; nullable where NULL is possible.</typeparam>
    /// <exception cref="InvalidOperationException">Not one row and one column, or NULL where <typeparamref name="T"/> takes
    /// none.</exception>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    /// <exception cref="OverflowException">The integer does not fit.</exception>
    public T? Scalar<T>()
    {
        DuckChunk? chunk = NextChunk();
        if (chunk is not { Rows: 1 } || Columns.Count != 1)
            throw new InvalidOperationException(
                $"One row and one column were expected, found {chunk?.Rows ?? 0} × {Columns.Count}. SQL: {_sql}");
        object? value = chunk.Value(0, 0);
        if (value is null && default(T) is not null) throw new InvalidOperationException($"The value is NULL. SQL: {_sql}");
        if (NextChunk() is not null) throw new InvalidOperationException($"One row was expected, found more. SQL: {_sql}");
        return ScalarConversion.To<T>(value);
    }

    /// <summary>Ends the statement and gives its buffers back.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _chunk?.Clear();
        _handle.Dispose();
    }

    private void End()
    {
        if (Query.DuckDBResultErrorType(ref *_handle.Result) != DuckDBErrorType.Invalid) throw Error();
        _cancellation.ThrowIfCancellationRequested();
        _ended = true; // DuckDB calls it an error to ask again.
    }

    private DuckColumn[] ReadColumns()
    {
        var columns = new DuckColumn[Query.DuckDBColumnCount(ref *_handle.Result)];
        for (int i = 0; i < columns.Length; i++)
        {
            columns[i] = new DuckColumn(
                Query.DuckDBColumnName(ref *_handle.Result, i),
                (DuckType)Query.DuckDBColumnType(ref *_handle.Result, i),
                ColumnTypes.TakeSqlName(Query.DuckDBColumnLogicalType(ref *_handle.Result, i)));
        }

        return columns;
    }

    private Exception Error()
    {
        var error = new DuckDbException(
            Query.DuckDBResultErrorType(ref *_handle.Result), Query.DuckDBResultError(ref *_handle.Result), _sql);
        return error.Kind == DuckDbErrorKind.Interrupt && _cancellation.IsCancellationRequested
            ? new OperationCanceledException("The statement was cancelled.", error, _cancellation)
            : error;
    }
}
