using System.Runtime.InteropServices;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb.Native;

/// <summary>Owns a <c>duckdb_result</c> and the chunk that was fetched last.</summary>
internal sealed unsafe class ResultHandle : SafeHandle
{
    private DuckDBDataChunk? _chunk;

    internal ResultHandle() : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(DuckDBResult)));

    public override bool IsInvalid => handle == 0;

    internal DuckDBResult* Result => (DuckDBResult*)handle;

    /// <summary>Gives the last chunk back and fetches the next; null at the end and on errors.</summary>
    internal DuckDBDataChunk? Fetch()
    {
        _chunk?.Dispose();
        _chunk = Query.DuckDBFetchChunk(*Result);
        return _chunk.IsInvalid ? null : _chunk;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _chunk?.Dispose();
        base.Dispose(disposing);
    }

    protected override bool ReleaseHandle()
    {
        Query.DuckDBDestroyResult(ref *Result);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
