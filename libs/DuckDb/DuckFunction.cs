using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>A function of one argument for SQL, computed by a delegate, a block of values at a time.</summary>
internal sealed unsafe class DuckFunction
{
    private readonly DuckColumn _argument;
    private readonly DuckColumn[] _result;
    private readonly DuckCompute _compute;

    private DuckFunction(DuckColumn argument, DuckColumn result, DuckCompute compute) =>
        (_argument, _result, _compute) = (argument, [result], compute);

    internal static void Register(DuckConnection connection, string name, DuckType argument, DuckType result, DuckCompute compute)
    {
        var made = new DuckFunction(
            new DuckColumn(name, argument, argument.ToString()), new DuckColumn(name, result, result.ToString()), compute);
        using DuckDBLogicalType takes = LogicalType.DuckDBCreateLogicalType((DuckDBType)argument);
        using DuckDBLogicalType gives = LogicalType.DuckDBCreateLogicalType((DuckDBType)result);
        // Ends a result that was not read to its end: its transaction, once undone, would take the function with it.
        connection.Execute("SELECT 1");
        nint function = ScalarFunction.DuckDBCreateScalarFunction();
        ScalarFunction.DuckDBScalarFunctionSetName(function, name);
        ScalarFunction.DuckDBScalarFunctionAddParameter(function, takes);
        ScalarFunction.DuckDBScalarFunctionSetReturnType(function, gives);
        // NULL is the delegate's to answer.
        ScalarFunction.DuckDBScalarFunctionSetSpecialHandling(function);
        ScalarFunction.DuckDBScalarFunctionSetExtraInfo(function, GCHandle.ToIntPtr(GCHandle.Alloc(made)), &Release);
        ScalarFunction.DuckDBScalarFunctionSetFunction(function, &Call);
        DuckDBState state = ScalarFunction.DuckDBRegisterScalarFunction(connection.Handle, function);
        ScalarFunction.DuckDBDestroyScalarFunction(ref function);
        if (state != DuckDBState.Success)
            throw new DuckDbException(DuckDBErrorType.Catalog, $"DuckDB does not take the function {name}.");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(nint handle) => GCHandle.FromIntPtr(handle).Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Call(nint info, nint arguments, nint results)
    {
        try
        {
            var function = (DuckFunction)GCHandle.FromIntPtr(ScalarFunction.DuckDBScalarFunctionGetExtraInfo(info)).Target!;
            using var chunk = new DuckDBDataChunk(arguments); // DuckDB owns it
            nint vector = DataChunks.DuckDBDataChunkGetVector(chunk, 0);
            var values = DuckVector.Over(
                function._argument, (nint)Vectors.DuckDBVectorGetData(vector), (nint)Vectors.DuckDBVectorGetValidity(vector),
                (int)DataChunks.DuckDBDataChunkGetSize(chunk));
            var block = new DuckBlock(function._result);
            block.Open(results);
            function._compute(values, block);
        }
        catch (Exception e)
        {
            // No exception may cross into native code: the query fails with its text.
            ScalarFunction.DuckDBScalarFunctionSetError(info, e.Message);
        }
    }
}
