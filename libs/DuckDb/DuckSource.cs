using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>
/// Rows that a delegate makes, as a table function without arguments: <c>SELECT * FROM name()</c>. Made for
/// <c>COPY (SELECT * FROM name()) TO …</c>, which then needs memory for one row group only.
/// </summary>
/// <remarks>One query at a time; the delegate is called by one thread at a time, mostly the one that runs the query. It must not use the
/// query's own connection.</remarks>
public sealed unsafe class DuckSource
{
    private readonly IReadOnlyList<DuckColumn> _columns;
    private readonly DuckBlock _block;
    private Func<DuckBlock, int> _fill;

    private DuckSource(IReadOnlyList<DuckColumn> columns, Func<DuckBlock, int> fill) =>
        (_columns, _fill, _block) = (columns, fill, new DuckBlock(columns));

    /// <summary>What the delegate threw last; the query has failed with its message then.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Says who makes the rows of the next query, and forgets what failed.</summary>
    /// <param name="fill">As for <see cref="DuckConnection.RegisterSource"/>.</param>
    public void Feed(Func<DuckBlock, int> fill) => (_fill, Failure) = (fill, null);

    /// <summary>
    /// Runs a query over these rows. What the delegate throws comes out as it was thrown, and not as the query's failure.
    /// </summary>
    /// <param name="query">Runs it on any connection.</param>
    /// <exception cref="DuckDbException">The query failed for a reason of its own.</exception>
    public void Run(Action query)
    {
        ArgumentNullException.ThrowIfNull(query);
        try
        {
            query();
        }
        catch (DuckDbException) when (Failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    internal static DuckSource Register(
        DuckConnection connection, string name, IReadOnlyList<DuckColumn> columns, Func<DuckBlock, int> fill)
    {
        // DuckDB would keep the earlier one without a word.
        using (DuckResult taken = connection.Query("SELECT count(*) FROM duckdb_functions() WHERE function_name = ?", name))
            if (taken.Scalar<long>() > 0) throw new ArgumentException($"The name {name} is in use.", nameof(name));
        var source = new DuckSource(columns, fill);
        nint function = TableFunction.DuckDBCreateTableFunction();
        TableFunction.DuckDBTableFunctionSetName(function, name);
        TableFunction.DuckDBTableFunctionSetExtraInfo(function, GCHandle.ToIntPtr(GCHandle.Alloc(source)), &Release);
        TableFunction.DuckDBTableFunctionSetBind(function, &Bind);
        TableFunction.DuckDBTableFunctionSetInit(function, &Init);
        TableFunction.DuckDBTableFunctionSetFunction(function, &Fill);
        DuckDBState state = TableFunction.DuckDBRegisterTableFunction(connection.Handle, function);
        TableFunction.DuckDBDestroyTableFunction(ref function);
        if (state != DuckDBState.Success)
            throw new DuckDbException(DuckDBErrorType.Catalog, $"DuckDB does not take the table function {name}.");
        return source;
    }

    private static DuckSource Of(nint handle) => (DuckSource)GCHandle.FromIntPtr(handle).Target!;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint handle) => GCHandle.FromIntPtr(handle).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Bind(nint info)
    {
        foreach (DuckColumn column in Of(TableFunction.DuckDBBindGetExtraInfo(info))._columns)
        {
            using DuckDBLogicalType type = LogicalType.DuckDBCreateLogicalType((DuckDBType)column.Type);
            TableFunction.DuckDBBindAddResultColumn(info, column.Name, type);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Init(nint info)
    {
        // DuckDB wants the function; it may do nothing, and one thread reads then.
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Fill(nint info, nint filled)
    {
        DuckSource source = Of(TableFunction.DuckDBFunctionGetExtraInfo(info));
        try
        {
            using var chunk = new DuckDBDataChunk(filled); // DuckDB owns it
            source._block.Open(chunk);
            int rows = source._fill(source._block);
            DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)rows);
        }
        catch (Exception e)
        {
            // No exception may cross into native code: the query fails with its text, and the caller finds the exception here.
            source.Failure = e;
            TableFunction.DuckDBFunctionSetError(info, e.Message);
        }
        finally
        {
            source._block.Close();
        }
    }
}
