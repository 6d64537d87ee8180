using System.Globalization;
using BatchScoring.DuckDb.Native;
using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace BatchScoring.DuckDb;

/// <summary>One DuckDB instance, in memory or in a file.</summary>
/// <remarks>Thread safe. Connections, statements and results that are still open keep what they need alive.</remarks>
public sealed class DuckDatabase : IDisposable
{
    private readonly DuckDBDatabase _handle;

    // Every way to the library begins here.
    static DuckDatabase() => NativeLibraryLoader.Register();

    private DuckDatabase(DuckDBDatabase handle) => _handle = handle;

    /// <summary>The version of the shared library, for example <c>v1.5.6</c>.</summary>
    /// <exception cref="DuckDbLibraryException">The shared library cannot be loaded.</exception>
    public static string LibraryVersion => Startup.DuckDBLibraryVersion();

    /// <summary>Opens a database; its connections work in UTC.</summary>
    /// <param name="options">How; null is a database in memory with DuckDB's defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">Threads or memory below 1.</exception>
    /// <exception cref="DuckDbException">The file cannot be opened.</exception>
    /// <exception cref="DuckDbLibraryException">The shared library cannot be loaded.</exception>
    public static DuckDatabase Open(DuckOptions? options = null)
    {
        options ??= new DuckOptions();
        if (options.Threads is < 1 || options.MemoryLimitMiB is < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options, "Threads and memory are 1 or more.");

        if (Configuration.DuckDBCreateConfig(out DuckDBConfig config) != DuckDBState.Success)
            throw new DuckDbException(DuckDBErrorType.OutOfMemory, "DuckDB made no configuration.");
        using (config)
        {
            foreach ((string name, string value) in Settings(options))
            {
                if (Configuration.DuckDBSetConfig(config, name, value) != DuckDBState.Success)
                    throw new DuckDbException(DuckDBErrorType.Settings, $"DuckDB does not take the setting {name} = {value}.");
            }

            // The bindings take no null here, though DuckDB does; this is its own word for a database in memory.
            if (Startup.DuckDBOpen(options.Path ?? ":memory:", out DuckDBDatabase database, config,
                out string error) == DuckDBState.Success)
                return InUtc(new DuckDatabase(database));
            using (database) throw NativeError.FromText(error, sql: null);
        }
    }

    /// <summary>Opens a connection, for one thread at a time.</summary>
    public DuckConnection Connect()
    {
        if (Startup.DuckDBConnect(_handle, out DuckDBNativeConnection connection) != DuckDBState.Success)
            throw new DuckDbException(DuckDBErrorType.Connection, "DuckDB gave no connection.");
        return new DuckConnection(connection);
    }

    /// <summary>Gives the instance back; it goes when its last connection does.</summary>
    public void Dispose() => _handle.Dispose();

    /// <summary>
    /// Else the machine's time zone decides on which day a moment falls. A setting of an extension, which no configuration takes.
    /// </summary>
    private static DuckDatabase InUtc(DuckDatabase database)
    {
        using DuckConnection connection = database.Connect();
        connection.Execute("SET GLOBAL TimeZone = 'UTC'");
        return database;
    }

    private static IEnumerable<(string Name, string Value)> Settings(DuckOptions options)
    {
        // Nothing is fetched over the network and no home folder is read: the same binary behaves the same everywhere.
        yield return ("autoinstall_known_extensions", "false");
        yield return ("autoload_known_extensions", "false");
        // The page cache of the system holds files already; a second copy grows with every file that is read.
        yield return ("enable_external_file_cache", "false");
        if (options.Threads is { } threads) yield return ("threads", threads.ToString(CultureInfo.InvariantCulture));
        if (options.MemoryLimitMiB is { } mebibytes)
            yield return ("memory_limit", string.Create(CultureInfo.InvariantCulture, $"{mebibytes}MiB"));
        // DuckDB names its files alike in every database: two that spill into one folder read each other's.
        if (options.TempDirectory is { } folder)
            yield return ("temp_directory", System.IO.Path.Combine(folder, Guid.NewGuid().ToString("N")));
        else if (options.Path is null) yield return ("temp_directory", "");
    }
}
