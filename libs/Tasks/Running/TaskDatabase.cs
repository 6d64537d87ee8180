using System.Globalization;
using BatchScoring.DuckDb;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>A DuckDB of one task at a time; tables of earlier tasks may lie in it until they are replaced.</summary>
internal sealed class TaskDatabase(TaskDatabases home, DuckOptions options) : IDisposable
{
    private readonly Dictionary<string, TaskSource> _sources = new(StringComparer.Ordinal);
    private bool _kept;
    private bool _knowsNumbers;

    public DuckDatabase Database { get; } = DuckDatabase.Open(options);

    public DuckOptions Options { get; } = options;

    public DuckConnection Connect() => Database.Connect();

    /// <summary>Lets queries of the task pick rows.</summary>
    public RowPicker Picker
    {
        get
        {
            if (field is not null) return field;
            using DuckConnection connection = Connect();
            return field = new RowPicker(connection);
        }
    }

    /// <summary>Makes <see cref="NumberFunctions"/> known, once.</summary>
    public void LearnNumbers(DuckConnection connection)
    {
        if (!_knowsNumbers) NumberFunctions.Register(connection);
        _knowsNumbers = true;
    }

    /// <summary>A table function for rows that the task makes. One per set of columns, because DuckDB forgets none.</summary>
    public TaskSource Source(IReadOnlyList<DuckColumn> columns)
    {
        string shape = string.Join(", ", columns.Select(column => $"{column.Name} {column.SqlType}"));
        if (_sources.TryGetValue(shape, out TaskSource? known)) return known;
        string name = string.Create(CultureInfo.InvariantCulture, $"rows_{_sources.Count}");
        using DuckConnection connection = Connect();
        return _sources[shape] = new TaskSource(name + "()", connection.RegisterSource(name, columns, _ => 0));
    }

    /// <summary>The task went well: the next one may work here. After an error DuckDB may refuse everything.</summary>
    public void Keep()
    {
        // Writing parts has left it with one thread.
        using DuckConnection connection = Connect();
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"SET threads = {Options.Threads}"));
        foreach (TaskSource source in _sources.Values) source.Rows.Feed(_ => 0);
        _kept = true;
    }

    public void Dispose()
    {
        // Forgotten first: once returned, another task may hold it.
        (bool kept, _kept) = (_kept, false);
        if (kept) home.Return(this);
        else Database.Dispose();
    }
}
