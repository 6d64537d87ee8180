using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>What one task works with.</summary>
public sealed class TaskContext
{
    private const int ShareOfReader = 4;

    private readonly TaskDatabases _databases;

    /// <param name="header">The header line that came before the split.</param>
    /// <param name="split">The split.</param>
    /// <param name="store">Where keys lead; shared with other tasks.</param>
    /// <param name="databases">Where databases come from; shared with other tasks.</param>
    /// <param name="readers">Lends memory to our own reader; shared with other tasks.</param>
    /// <param name="scratch">A local folder of this task alone; the runner deletes it.</param>
    /// <param name="time">Measures stages.</param>
    internal TaskContext(
        HeaderLine header, TaskSpec split, IObjectStore store, TaskDatabases databases, SplitReaders readers, string scratch,
            TimeProvider time)
    {
        (Header, Split, Store, Scratch, _databases, Readers) = (header, split, store, scratch, databases, readers);
        Clock = new StageClock(time);
    }

    /// <summary>The header line.</summary>
    public HeaderLine Header { get; }

    /// <summary>The task spec.</summary>
    public TaskSpec Split { get; }

    /// <summary>Where keys lead. Thread safe, not owned.</summary>
    public IObjectStore Store { get; }

    /// <summary>A local folder of this task alone; whatever lies there goes with the task.</summary>
    public string Scratch { get; }

    /// <summary>Seconds by stage; goes into the answer.</summary>
    public StageClock Clock { get; }

    /// <summary>Memory that DuckDB is given, in MiB: half of the task's, the rest is for blocks, model and runtime.</summary>
    public int DuckMemoryMiB => Math.Max(64, Header.MemoryMib / 2);

    /// <summary>What our own reader may hold of the task's memory, in bytes; DuckDB has half, model and runtime get the rest.</summary>
    internal long ReaderCapBytes => (long)Header.MemoryMib * (1 << 20) / ShareOfReader;

    /// <summary>Opens our own reader, and keeps its memory from task to task.</summary>
    internal SplitReaders Readers { get; }

    /// <summary>A DuckDB for this task, held to the header's limits.</summary>
    internal TaskDatabase OpenDatabase() => _databases.Rent(Math.Max(1, Header.Threads), DuckMemoryMiB);

    /// <summary>Reads the kind's own options.</summary>
    /// <exception cref="BatchScoringException">Code <c>WORK_INVALID</c>: they are not what this kind takes.</exception>
    public T Work<T>(JsonTypeInfo<T> type)
    {
        try
        {
            return Split.Work.Deserialize(type) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new BatchScoringException(TaskErrors.WorkInvalid,
                $"Split {Split.Split}: the options of the task kind '{Split.Kind}' cannot be read: {e.Message} "
                + "Driver and runner must be of one version.", inner: e);
        }
    }
}
