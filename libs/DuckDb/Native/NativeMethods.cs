using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace BatchScoring.DuckDb.Native;

/// <summary>What DuckDB's C API has and DuckDB.NET's bindings lack.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLibraryLoader.Library;

    // A pending result: an interrupt that comes before its execution sticks, which it does not with the bindings' execute.
    [LibraryImport(Library)]
    internal static partial DuckDBState duckdb_pending_prepared_streaming(DuckDBPreparedStatement statement, out nint pending);

    [LibraryImport(Library)]
    internal static partial byte* duckdb_pending_error(nint pending);

    [LibraryImport(Library)]
    internal static partial DuckDBState duckdb_execute_pending(nint pending, DuckDBResult* result);

    [LibraryImport(Library)]
    internal static partial void duckdb_destroy_pending(ref nint pending);

    // The bindings' own ends at U+0000.
    [LibraryImport(Library)]
    internal static partial DuckDBState duckdb_bind_varchar_length(DuckDBPreparedStatement statement, long index, byte* value,
        ulong length);
}
