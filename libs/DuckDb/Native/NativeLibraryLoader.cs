using System.Reflection;
using System.Runtime.InteropServices;
using DuckDB.NET.Native;

namespace BatchScoring.DuckDb.Native;

/// <summary>Finds libduckdb: DUCKDB_LIBRARY if set, else next to the program, else where the system looks.</summary>
internal static class NativeLibraryLoader
{
    /// <summary>What the imports call it, the bindings' and ours.</summary>
    internal const string Library = "duckdb";

    private const string FileName = "libduckdb.so";

    private static readonly Lazy<nint> Handle = new(Load);

    internal static void Register()
    {
        NativeLibrary.SetDllImportResolver(typeof(DuckDBState).Assembly, Resolve);
        NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) => name == Library ? Handle.Value : 0;

    private static nint Load()
    {
        string? named = Environment.GetEnvironmentVariable(DuckDbLibraryException.LibraryVariable);
        string[] places = string.IsNullOrEmpty(named) ? [Path.Combine(AppContext.BaseDirectory, FileName), FileName] : [named];
        string found = "";
        foreach (string place in places)
        {
            try
            {
                return NativeLibrary.Load(place);
            }
            catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
            {
                if (found.Length == 0) found = e.Message.TrimEnd();
            }
        }

        throw new DuckDbLibraryException(places, found);
    }
}
