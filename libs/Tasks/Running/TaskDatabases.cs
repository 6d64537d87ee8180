using System.Collections.Concurrent;
using BatchScoring.DuckDb;
using BatchScoring.Storage;

namespace BatchScoring.Tasks;

/// <summary>
/// Opens DuckDBs for tasks, held to the header's limits, and hands on what an earlier task has kept: opening and closing one takes as long
/// as scoring 10,000 rows. They spill into a folder of the process, because one can not be moved into a task's.
/// </summary>
/// <remarks>Thread safe. Dispose it after the last task.</remarks>
internal sealed class TaskDatabases : IDisposable
{
    private readonly ConcurrentBag<TaskDatabase> _spare = [];
    private readonly Lazy<ScratchFolder> _spill = new(() => ScratchFolder.Create("duckdb"));

    public TaskDatabase Rent(int threads, int memoryMiB)
    {
        DuckOptions options = new() { Threads = threads, MemoryLimitMiB = memoryMiB, TempDirectory = _spill.Value.Path };
        while (_spare.TryTake(out TaskDatabase? spare))
        {
            if (spare.Options == options) return spare;
            spare.Dispose();
        }

        return new TaskDatabase(this, options);
    }

    public void Return(TaskDatabase database) => _spare.Add(database);

    public void Dispose()
    {
        while (_spare.TryTake(out TaskDatabase? spare)) spare.Dispose();
        Abandon();
    }

    /// <summary>Removes what was spilled, even from under databases that are still at work; only for a process that ends.</summary>
    public void Abandon()
    {
        if (_spill.IsValueCreated) _spill.Value.Dispose();
    }
}
