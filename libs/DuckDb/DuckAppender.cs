using System.Text;
using BatchScoring.DuckDb.Native;

namespace BatchScoring.DuckDb;

/// <summary>Fills a table, row by row or column-wise; it hands over blocks of 2,048 rows.</summary>
/// <remarks>
/// One thread at a time. Rows are in the table after <see cref="Close"/>; disposal without it drops what was not yet handed over.
/// Row by row: <c>Append(…)</c> for every column in order, then <see cref="EndRow"/>. Column-wise: fill <see cref="Column{T}"/>,
/// <see cref="SetNull"/> and <see cref="SetText"/> for up to <see cref="DuckChunk.MaxRows"/> rows, then <see cref="AppendRows"/>.
/// </remarks>
public sealed unsafe class DuckAppender : IDisposable
{
    private readonly AppenderHandle _handle;
    private readonly string _table;
    private readonly DuckColumn[] _columns;
    private readonly DuckBlock _block;
    private nint _chunk;
    private int _row;
    private int _column;

    private DuckAppender(AppenderHandle handle, string table)
    {
        (_handle, _table) = (handle, table);
        _columns = new DuckColumn[NativeMethods.duckdb_appender_column_count(handle)];
        nint[] logical = new nint[_columns.Length];
        for (int i = 0; i < logical.Length; i++)
        {
            logical[i] = NativeMethods.duckdb_appender_column_type(handle, (ulong)i);
            DuckType type = NativeMethods.duckdb_get_type_id(logical[i]);
            _columns[i] = new DuckColumn($"{i} of table {table}", type, type.ToString());
        }

        fixed (nint* types = logical) _chunk = NativeMethods.duckdb_create_data_chunk(types, (ulong)logical.Length);
        foreach (ref nint type in logical.AsSpan()) NativeMethods.duckdb_destroy_logical_type(ref type);
        _block = new DuckBlock(_columns);
        _block.Open(_chunk);
    }

    private DuckBlock Block
    {
        get
        {
            ObjectDisposedException.ThrowIf(_chunk == 0, this);
            return _block;
        }
    }

    internal static DuckAppender Create(DuckConnection connection, string? schema, string table)
    {
        int state = NativeMethods.duckdb_appender_create(connection.Handle, schema, table, out nint appender);
        var handle = new AppenderHandle(appender);
        if (state == NativeMethods.Success) return new DuckAppender(handle, table);
        using (handle) throw Error(appender, table);
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
        NativeMethods.duckdb_data_chunk_set_size(_chunk, (ulong)rows);
        Check(NativeMethods.duckdb_append_data_chunk(_handle, _chunk));
        NativeMethods.duckdb_data_chunk_reset(_chunk);
        _block.Open(_chunk);
    }

    /// <summary>Hands over what is left; all rows are in the table then.</summary>
    /// <exception cref="DuckDbException">DuckDB refuses them.</exception>
    public void Close()
    {
        AppendRows(_row);
        Check(NativeMethods.duckdb_appender_close(_handle));
    }

    /// <summary>Gives the appender back.</summary>
    public void Dispose()
    {
        if (_chunk != 0) NativeMethods.duckdb_destroy_data_chunk(ref _chunk);
        _handle.Dispose();
    }

    private void Check(int state)
    {
        if (state != NativeMethods.Success) throw Error(_handle.DangerousGetHandle(), _table);
    }

    private static DuckDbException Error(nint appender, string table) =>
        NativeText.TakeError(NativeMethods.duckdb_appender_error_data(appender), $"appender of {table}");
}
