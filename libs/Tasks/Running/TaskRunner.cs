using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.Tasks;

/// <summary>Finds the kind of a split, gives it a scratch folder, a store and a stop sign, and turns what it throws into answers.</summary>
/// <remarks>Thread safe. Owns the stores that it opens.</remarks>
public sealed class TaskRunner : ITaskRunner
{
    private readonly Dictionary<string, ITaskKind> _kinds;
    private readonly StoreCache _stores;
    private readonly ConcurrentDictionary<ScratchFolder, string> _scratch = new();
    private readonly TaskDatabases _databases = new();
    private readonly SplitReaders _readers = new();
    private readonly TimeProvider _time;

    /// <summary>Makes a runner that knows the given kinds.</summary>
    /// <param name="openStore">Opens the store of a header line.</param>
    /// <param name="kinds">The kinds; their names must differ.</param>
    /// <param name="time">Measures stages and paces the look at the stop sign.</param>
    public TaskRunner(Func<HeaderLine, IObjectStore> openStore, IEnumerable<ITaskKind> kinds, TimeProvider time)
    {
        _kinds = kinds.ToDictionary(kind => kind.Name, StringComparer.Ordinal);
        _stores = new StoreCache(openStore);
        _time = time;
    }

    /// <inheritdoc/>
    public async Task<TaskResult> RunAsync(HeaderLine header, TaskSpec split, CancellationToken cancellation)
    {
        using Activity? span = Spans.Task(split);
        try
        {
            return await RunKindAsync(header, split, Kind(split), cancellation);
        }
        catch (StoreException e) when (e.Is(StorageErrors.CredentialsExpired))
        {
            return Failed(split, TaskResultStatus.CredentialsExpired, e);
        }
        catch (BatchScoringException e) when (!e.Transient)
        {
            return Failed(split, TaskResultStatus.Rejected, e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stores.Dispose();
        _databases.Dispose();
        _readers.Dispose();
    }

    /// <summary>
    /// Removes the scratch folders of tasks that are still at work. Only for a process that is about to end by force: the tasks would have
    /// removed them, and the next process knows nothing of them.
    /// </summary>
    public void Abandon()
    {
        foreach (ScratchFolder scratch in _scratch.Keys) scratch.Dispose();
        _databases.Abandon();
    }

    private async Task<TaskResult> RunKindAsync(HeaderLine header, TaskSpec split, ITaskKind kind, CancellationToken cancellation)
    {
        IObjectStore store = _stores.Get(header);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using StopWatcher sign = new(store, header.StopKey, _time, work);
        try
        {
            using var scratch = ScratchFolder.Create(string.Create(CultureInfo.InvariantCulture, $"{header.Attempt}-{split.Split}"));
            _scratch[scratch] = scratch.Path;
            try
            {
                return await kind.RunAsync(new TaskContext(header, split, store, _databases, _readers, scratch.Path, _time), work.Token);
            }
            finally
            {
                _scratch.TryRemove(scratch, out _);
            }
        }
        catch (OperationCanceledException) when (sign.Raised && !cancellation.IsCancellationRequested)
        {
            return new TaskResult
            {
                Split = split.Split,
                Status = TaskResultStatus.Stopped,
                Error = TaskError.Of(TaskErrors.RunStopped, $"Split {split.Split} was stopped by the stop sign {header.StopKey}."),
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException
            || (e is StoreException none && none.Is(StorageErrors.NoScratch)))
        {
            // Local files only: stores have errors of their own. A full or failing local disk is this machine's, not the data's, fault.
            throw InputErrors.Scratch(Path.GetTempPath(), e);
        }
    }

    private ITaskKind Kind(TaskSpec split) => _kinds.TryGetValue(split.Kind, out ITaskKind? kind)
        ? kind
        : throw new BatchScoringException(TaskErrors.TaskKindUnknown,
            $"Split {split.Split} asks for the task kind '{split.Kind}'. This program knows: " +
            $"{string.Join(", ", _kinds.Keys.Order(StringComparer.Ordinal))}. "
            + "Driver and runner must be of one version.");

    private static TaskResult Failed(TaskSpec split, TaskResultStatus status, BatchScoringException e) => new()
    {
        Split = split.Split,
        Status = status,
        Error = TaskError.Of(e),
    };
}
