using System.Runtime.InteropServices;
using System.Text;
using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>A prepared statement with its parameters.</summary>
/// <remarks>One thread at a time, with its connection.</remarks>
public sealed unsafe class DuckStatement : IDisposable
{
    private static readonly DateOnly Epoch = new(1970, 1, 1);

    private readonly DuckConnection _connection;
    private readonly DuckDBPreparedStatement _handle;
    private readonly string _sql;

    internal DuckStatement(DuckConnection connection, DuckDBPreparedStatement handle, string sql) =>
        (_connection, _handle, _sql) = (connection, handle, sql);

    /// <summary>How many parameters the statement has.</summary>
    public int ParameterCount => (int)PreparedStatements.DuckDBParams(_handle);

    /// <summary>Binds a parameter; it stays bound until it is bound again.</summary>
    /// <param name="parameter">Number of the parameter, from 1.</param>
    /// <param name="value">null, bool, integers, float, double, string, DateOnly, or DateTime (its ticks as they are, without a
    /// zone).</param>
    /// <exception cref="ArgumentException">There is no such parameter, or the value is of another type.</exception>
    public void Bind(int parameter, object? value)
    {
        long index = parameter;
        Check(parameter, value switch
        {
            null => PreparedStatements.DuckDBBindNull(_handle, index),
            bool it => PreparedStatements.DuckDBBindBoolean(_handle, index, it),
            string it => BindText(index, it),
            int it => PreparedStatements.DuckDBBindInt32(_handle, index, it),
            long it => PreparedStatements.DuckDBBindInt64(_handle, index, it),
            sbyte it => PreparedStatements.DuckDBBindInt32(_handle, index, it),
            byte it => PreparedStatements.DuckDBBindInt32(_handle, index, it),
            short it => PreparedStatements.DuckDBBindInt32(_handle, index, it),
            ushort it => PreparedStatements.DuckDBBindInt32(_handle, index, it),
            uint it => PreparedStatements.DuckDBBindInt64(_handle, index, it),
            ulong it => PreparedStatements.DuckDBBindUInt64(_handle, index, it),
            float it => PreparedStatements.DuckDBBindFloat(_handle, index, it),
            double it => PreparedStatements.DuckDBBindDouble(_handle, index, it),
            DateOnly it => PreparedStatements.DuckDBBindDate(_handle, index, new DuckDBDate { Days = it.DayNumber - Epoch.DayNumber }),
            DateTime it => PreparedStatements.DuckDBBindTimestamp(_handle, index,
                new DuckDBTimestampStruct { Micros = (it.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond }),
            _ => throw new ArgumentException($"A {value.GetType()} cannot be bound to parameter {parameter}.", nameof(value)),
        });
    }

    /// <summary>Runs the statement and drops its rows.</summary>
    /// <exception cref="DuckDbException">It fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Execute(CancellationToken cancellation = default)
    {
        using DuckResult result = Query(cancellation);
        while (result.NextChunk() is not null)
        {
        }
    }

    /// <summary>Runs the statement; its rows are streamed as they are read. The result may outlive the statement.</summary>
    /// <param name="cancellation">Cancels the statement, also while chunks are fetched, until the result is disposed.</param>
    /// <exception cref="DuckDbException">It fails; it may also fail later, while chunks are fetched.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public DuckResult Query(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        DuckDBState state = Native.NativeMethods.duckdb_pending_prepared_streaming(_handle, out nint pending);
        try
        {
            if (state != DuckDBState.Success)
                throw NativeError.FromText(Marshal.PtrToStringUTF8((nint)Native.NativeMethods.duckdb_pending_error(pending)) ?? "", _sql);
            // From here on an interrupt sticks; before, DuckDB would have forgotten it when it started the statement.
            return DuckResult.Run(_connection, pending, _sql, cancellation);
        }
        finally
        {
            Native.NativeMethods.duckdb_destroy_pending(ref pending);
        }
    }

    /// <summary>Gives the statement back.</summary>
    public void Dispose() => _handle.Dispose();

    private DuckDBState BindText(long index, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes) return Native.NativeMethods.duckdb_bind_varchar_length(_handle, index, start, (ulong)bytes.Length);
    }

    private void Check(int parameter, DuckDBState state)
    {
        if (state != DuckDBState.Success)
            throw new ArgumentException($"Parameter {parameter} cannot be bound: the statement has {ParameterCount}. SQL: {_sql}",
                nameof(parameter));
    }
}
