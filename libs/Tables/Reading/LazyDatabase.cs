using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A database that is opened when it is first needed: files of numbers alone need none.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class LazyDatabase : IDisposable
{
    private readonly DuckOptions? _options;
    private DuckDatabase? _database;

    /// <summary>One that is not open yet; owned.</summary>
    /// <param name="options">How to open it.</param>
    public LazyDatabase(DuckOptions options) => _options = options;

    /// <summary>One that is open already.</summary>
    /// <param name="database">The database; not owned.</param>
    public LazyDatabase(DuckDatabase database) => _database = database;

    /// <summary>The database.</summary>
    /// <exception cref="DuckDbLibraryException">The shared library cannot be loaded.</exception>
    public DuckDatabase Value => _database ??= DuckDatabase.Open(_options);

    /// <summary>Closes it, if it was opened here.</summary>
    public void Dispose()
    {
        if (_options is not null) _database?.Dispose();
    }
}
