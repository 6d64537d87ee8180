using System.Reflection;
using System.Runtime.InteropServices;

namespace BatchScoring.DuckDb.Native;

/// <summary>Finds libduckdb: DUCKDB_LIBRARY if set, else next to the program, else where the system looks.</summary>
internal static class NativeLibraryLoader
{
    private const string FileName = "libduckdb.so";

    private static readonly Lazy<nint> Handle = new(Load);

    internal static void Register() => NativeLibrary.SetDllImportResolver(typeof(NativeLibraryLoader).Assembly, Resolve);

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == NativeMethods.Library ? Handle.Value : 0;

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
