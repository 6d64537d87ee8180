using System.Globalization;
using BatchScoring.DuckDb.Native;

namespace BatchScoring.DuckDb;

/// <summary>One DuckDB instance, in memory or in a file.</summary>
/// <remarks>Thread safe. Connections, statements and results that are still open keep what they need alive.</remarks>
public sealed unsafe class DuckDatabase : IDisposable
{
    private readonly DatabaseHandle _handle;

    private DuckDatabase(DatabaseHandle handle) => _handle = handle;

    /// <summary>The version of the shared library, for example <c>v1.5.6</c>.</summary>
    /// <exception cref="DuckDbLibraryException">The shared library cannot be loaded.</exception>
    public static string LibraryVersion => NativeText.Read(NativeMethods.duckdb_library_version());

    /// <summary>Opens a database.</summary>
    /// <param name="options">How; null is a database in memory with DuckDB's defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">Threads or memory below 1.</exception>
    /// <exception cref="DuckDbException">The file cannot be opened.</exception>
    /// <exception cref="DuckDbLibraryException">The shared library cannot be loaded.</exception>
    public static DuckDatabase Open(DuckOptions? options = null)
    {
        options ??= new DuckOptions();
        if (options.Threads is < 1 || options.MemoryLimitMiB is < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options, "Threads and memory are 1 or more.");

        if (NativeMethods.duckdb_create_config(out nint config) != NativeMethods.Success) throw new DuckDbException(DuckErrorType.OutOfMemory, "DuckDB made no configuration.");
        try
        {
            foreach ((string? name, string? value) in Settings(options))
            {
                if (NativeMethods.duckdb_set_config(config, name, value) != NativeMethods.Success)
                    throw new DuckDbException(DuckErrorType.Settings, $"DuckDB does not take the setting {name} = {value}.");
            }

            if (NativeMethods.duckdb_open_ext(options.Path, out nint database, config, out byte* error) != NativeMethods.Success)
            {
                DuckDbException exception = NativeText.FromText(error, sql: null);
                NativeMethods.duckdb_free(error);
                throw exception;
            }

            return new DuckDatabase(new DatabaseHandle(database));
        }
        finally
        {
            NativeMethods.duckdb_destroy_config(ref config);
        }
    }

    /// <summary>Opens a connection, for one thread at a time.</summary>
    public DuckConnection Connect()
    {
        if (NativeMethods.duckdb_connect(_handle, out nint connection) != NativeMethods.Success)
            throw new DuckDbException(DuckErrorType.Connection, "DuckDB gave no connection.");
        return new DuckConnection(new ConnectionHandle(connection));
    }

    /// <summary>Gives the instance back; it goes when its last connection does.</summary>
    public void Dispose() => _handle.Dispose();

    private static IEnumerable<(string Name, string Value)> Settings(DuckOptions options)
    {
        // Nothing is fetched over the network and no home folder is read: the same binary behaves the same everywhere.
        yield return ("autoinstall_known_extensions", "false");
        yield return ("autoload_known_extensions", "false");
        // The page cache of the system holds files already; a second copy grows with every file that is read.
        yield return ("enable_external_file_cache", "false");
        if (options.Threads is { } threads) yield return ("threads", threads.ToString(CultureInfo.InvariantCulture));
        if (options.MemoryLimitMiB is { } mebibytes) yield return ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{mebibytes}MiB"));
        if (options.TempDirectory is { } folder) yield return ("temp_directory", folder);
        else if (options.Path is null) yield return ("temp_directory", "");
    }
}
