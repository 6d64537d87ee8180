using System.Text;
using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>Fills a table, row by row or column-wise; it hands over blocks of 2,048 rows.</summary>
/// <remarks>
/// One thread at a time. Rows are in the table after <see cref="Close"/>; disposal without it drops what was not yet handed over.
/// Row by row: <c>Append(…)</c> for every column in order, then <see cref="EndRow"/>. Column-wise: fill <see cref="Column{T}"/>,
/// <see cref="SetNull"/> and <see cref="SetText"/> for up to <see cref="DuckChunk.MaxRows"/> rows, then <see cref="AppendRows"/>.
/// </remarks>
public sealed class DuckAppender : IDisposable
{
    private readonly DuckDBAppender _handle;
    private readonly string _table;
    private readonly DuckColumn[] _columns;
    private readonly DuckDBDataChunk _chunk;
    private readonly DuckBlock _block;
    private int _row;
    private int _column;

    private DuckAppender(DuckDBAppender handle, string table)
    {
        (_handle, _table) = (handle, table);
        var logical = new DuckDBLogicalType[Appender.DuckDBAppenderColumnCount(handle)];
        _columns = new DuckColumn[logical.Length];
        for (int i = 0; i < logical.Length; i++)
        {
            logical[i] = Appender.DuckDBAppenderColumnType(handle, (ulong)i);
            var type = (DuckType)LogicalType.DuckDBGetTypeId(logical[i]);
            _columns[i] = new DuckColumn($"{i} of table {table}", type, type.ToString());
        }

        _chunk = DataChunks.DuckDBCreateDataChunk(Array.ConvertAll(logical, type => type.DangerousGetHandle()), (ulong)logical.Length);
        foreach (DuckDBLogicalType type in logical) type.Dispose();
        _block = new DuckBlock(_columns);
        _block.Open(_chunk);
    }

    private DuckBlock Block
    {
        get
        {
            ObjectDisposedException.ThrowIf(_chunk.IsClosed, this);
            return _block;
        }
    }

    internal static DuckAppender Create(DuckConnection connection, string? schema, string table)
    {
        // The bindings say that a schema is always named; DuckDB takes none for the default one, and so do they.
        DuckDBState state = Appender.DuckDBAppenderCreate(connection.Handle, schema!, table, out DuckDBAppender handle);
        if (state == DuckDBState.Success) return new DuckAppender(handle, table);
        using (handle) throw Error(handle, table);
    }

    /// <summary>Appends a value of the column's own type to the row.</summary>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public DuckAppender Append<T>(T value) where T : unmanaged
    {
        Block.Column<T>(_column)[_row] = value;
        _column++;
        return this;
    }

    /// <summary>Appends a text to the row; null is NULL.</summary>
    /// <exception cref="ArgumentException">The column is not VARCHAR.</exception>
    public DuckAppender Append(string? text)
    {
        if (text is null) return AppendNull();
        SetText(_column, _row, Encoding.UTF8.GetBytes(text));
        _column++;
        return this;
    }

    /// <summary>Appends a NULL to the row.</summary>
    public DuckAppender AppendNull()
    {
        SetNull(_column, _row);
        _column++;
        return this;
    }

    /// <summary>Ends the row.</summary>
    /// <exception cref="InvalidOperationException">The row does not have a value for every column.</exception>
    public void EndRow()
    {
        if (_column != _columns.Length)
            throw new InvalidOperationException($"The row has {_column} values, table {_table} has {_columns.Length} columns.");
        _column = 0;
        if (++_row == DuckChunk.MaxRows) AppendRows(_row);
    }

    /// <summary>The buffer of a column of the block that is being filled: <see cref="DuckChunk.MaxRows"/> values. It is void after
    /// <see cref="AppendRows"/>.</summary>
    /// <typeparam name="T">The column's own type, as <see cref="DuckType"/> says.</typeparam>
    /// <exception cref="ArgumentException">The column is of another type.</exception>
    public Span<T> Column<T>(int column) where T : unmanaged => Block.Column<T>(column);

    /// <inheritdoc cref="DuckBlock.SetNull"/>
    public void SetNull(int column, int row) => Block.SetNull(column, row);

    /// <inheritdoc cref="DuckBlock.SetText"/>
    public void SetText(int column, int row, ReadOnlySpan<byte> utf8) => Block.SetText(column, row, utf8);

    /// <summary>Hands the first rows of the block over and starts the next one.</summary>
    /// <param name="rows">0 to <see cref="DuckChunk.MaxRows"/>.</param>
    /// <exception cref="DuckDbException">DuckDB refuses them.</exception>
    public void AppendRows(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)rows, (uint)DuckChunk.MaxRows, nameof(rows));
        _row = 0;
        if (rows == 0) return;
        DataChunks.DuckDBDataChunkSetSize(_chunk, (ulong)rows);
        Check(Appender.DuckDBAppendDataChunk(_handle, _chunk));
        DataChunks.DuckDBDataChunkReset(_chunk);
        _block.Open(_chunk);
    }

    /// <summary>Hands over what is left; all rows are in the table then.</summary>
    /// <exception cref="DuckDbException">DuckDB refuses them.</exception>
    public void Close()
    {
        AppendRows(_row);
        Check(Appender.DuckDBAppenderClose(_handle));
    }

    /// <summary>Gives the appender back.</summary>
    public void Dispose()
    {
        _chunk.Dispose();
        _handle.Dispose();
    }

    private void Check(DuckDBState state)
    {
        if (state != DuckDBState.Success) throw Error(_handle, _table);
    }

    private static DuckDbException Error(DuckDBAppender appender, string table) =>
        NativeError.Take(Appender.DuckDBAppenderErrorData(appender), $"appender of {table}");
}
