using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

/// <summary>Owns a <c>duckdb_result</c> and the chunk that was fetched last.</summary>
internal sealed unsafe class ResultHandle : SafeHandle
{
    private nint _chunk;

    internal ResultHandle() : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed((nuint)sizeof(NativeResult)));

    public override bool IsInvalid => handle == 0;

    internal NativeResult* Result => (NativeResult*)handle;

    /// <summary>Gives the last chunk back and fetches the next; 0 at the end and on errors.</summary>
    internal nint Fetch()
    {
        DestroyChunk();
        return _chunk = NativeMethods.duckdb_fetch_chunk(*Result);
    }

    internal void DestroyChunk()
    {
        if (_chunk != 0) NativeMethods.duckdb_destroy_data_chunk(ref _chunk);
    }

    protected override bool ReleaseHandle()
    {
        DestroyChunk();
        NativeMethods.duckdb_destroy_result(Result);
        NativeMemory.Free((void*)handle);
        return true;
    }
}
