using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

/// <summary><c>duckdb_result</c>: 48 bytes, passed by value to the newer functions.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct NativeResult
{
    private readonly ulong _columnCount;
    private readonly ulong _rowCount;
    private readonly ulong _rowsChanged;
    private readonly nint _columns;
    private readonly nint _error;
    private readonly nint _data;
}
