using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb.Native;

/// <summary>A text cut into statements.</summary>
internal sealed class ExtractedStatements : IDisposable
{
    private readonly DuckConnection _connection;
    private readonly string _sql;
    private readonly DuckDBExtractedStatements _handle;

    internal ExtractedStatements(DuckConnection connection, string sql)
    {
        ArgumentNullException.ThrowIfNull(sql);
        if (sql.Contains('\0')) throw new ArgumentException("SQL with U+0000 cannot be given to DuckDB.", nameof(sql));
        (_connection, _sql) = (connection, sql);
        Count = ExtractStatements.DuckDBExtractStatements(connection.Handle, sql, out _handle);
        if (Count > 0) return;
        using (_handle)
        {
            // No text: there is no statement, for example in a comment.
            string? error = ExtractStatements.DuckDBExtractStatementsError(_handle);
            if (!string.IsNullOrEmpty(error)) throw NativeError.FromText(error, sql);
        }
    }

    internal int Count { get; }

    internal DuckStatement Prepare(int index)
    {
        DuckDBState state = ExtractStatements.DuckDBPrepareExtractedStatement(
            _connection.Handle, _handle, index, out DuckDBPreparedStatement statement);
        if (state == DuckDBState.Success) return new DuckStatement(_connection, statement, _sql);
        using (statement) throw NativeError.FromText(PreparedStatements.DuckDBPrepareError(statement), _sql);
    }

    public void Dispose() => _handle.Dispose();
}
