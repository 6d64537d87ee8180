using System.Globalization;
using BatchScoring.DuckDb;

namespace BatchScoring.Tasks;

/// <summary>A DuckDB of one task at a time; tables of earlier tasks may lie in it until they are replaced.</summary>
internal sealed class TaskDatabase(TaskDatabases home, DuckOptions options) : IDisposable
{
    private bool _kept;

    public DuckDatabase Database { get; } = DuckDatabase.Open(options);

    public DuckOptions Options { get; } = options;

    public DuckConnection Connect() => Database.Connect();

    /// <summary>The task went well: the next one may work here. After an error DuckDB may refuse everything.</summary>
    public void Keep()
    {
        // Writing parts has left it with one thread.
        using DuckConnection connection = Connect();
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {Options.Threads}"));
        _kept = true;
    }

    public void Dispose()
    {
        if (_kept) home.Return(this);
        else Database.Dispose();
        _kept = false;
    }
}
