namespace BatchScoring.DuckDb.Native;

/// <summary>A text cut into statements.</summary>
internal sealed unsafe class ExtractedStatements : IDisposable
{
    private readonly DuckConnection _connection;
    private readonly string _sql;
    private nint _pointer;

    internal ExtractedStatements(DuckConnection connection, string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        (_connection, _sql) = (connection, sql);
        fixed (byte* text = NativeText.ZeroTerminated(sql))
            Count = NativeMethods.duckdb_extract_statements(connection.Handle, text, out _pointer);
        if (Count > 0) return;
        byte* error = NativeMethods.duckdb_extract_statements_error(_pointer);
        if (error is null) return;
        DuckDbException exception = NativeText.FromText(error, sql);
        Dispose();
        throw exception;
    }

    internal ulong Count { get; }

    internal DuckStatement Prepare(ulong index)
    {
        int state = NativeMethods.duckdb_prepare_extracted_statement(_connection.Handle, _pointer, index, out nint statement);
        if (state == NativeMethods.Success) return new DuckStatement(_connection, new StatementHandle(statement), _sql);
        DuckDbException exception = NativeText.FromText(NativeMethods.duckdb_prepare_error(statement), _sql);
        NativeMethods.duckdb_destroy_prepare(ref statement);
        throw exception;
    }

    public void Dispose() => NativeMethods.duckdb_destroy_extracted(ref _pointer);
}
