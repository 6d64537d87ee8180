using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// Lets processes that share a store go on one call at a time, in an order that dice decide. Where a process sends several calls at once,
/// the same seed may tell a slightly different story.
/// </summary>
public sealed class TurnTable(Random dice)
{
    private readonly List<TaskCompletionSource> _waiting = [];
    private readonly Lock _lock = new();
    private int _working;

    /// <summary>Runs all processes to their ends; between any two calls of the store, <paramref name="look"/> may look at it.</summary>
    public async Task RunAsync(IReadOnlyList<Func<Task>> processes, Func<Task> look)
    {
        _working = processes.Count;
        Task[] all = [.. processes.Select(process => Task.Run(async () =>
        {
            try
            {
                await process();
            }
            finally
            {
                Interlocked.Decrement(ref _working);
            }
        }))];
        while (!Array.TrueForAll(all, task => task.IsCompleted))
        {
            TaskCompletionSource? next = await NextAsync(all);
            if (next is null)
            {
                await Task.Yield();
                continue;
            }

            await look();
            Interlocked.Increment(ref _working);
            next.SetResult();
        }

        await Task.WhenAll(all);
    }

    /// <summary>Waits for its turn.</summary>
    public Task TurnAsync()
    {
        TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock) _waiting.Add(turn);
        Interlocked.Decrement(ref _working);
        return turn.Task;
    }

    /// <summary>One of those that wait, once all do.</summary>
    private async Task<TaskCompletionSource?> NextAsync(Task[] all)
    {
        while (Volatile.Read(ref _working) > 0 && !Array.TrueForAll(all, task => task.IsCompleted)) await Task.Yield();
        lock (_lock)
        {
            if (_waiting.Count == 0) return null;
            int at = dice.Next(_waiting.Count);
            TaskCompletionSource next = _waiting[at];
            _waiting.RemoveAt(at);
            return next;
        }
    }
}

/// <summary>The store as one process of a <see cref="TurnTable"/> sees it; the process may die at its n-th call.</summary>
public sealed class TurnStore(IObjectStore inner, TurnTable table, int dieAt, bool afterwards) : StoreDecorator(inner)
{
    private int _calls;

    public override Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation) =>
        InTurnAsync(() => base.HeadAsync(key, cancellation));

    public override Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => InTurnAsync(() => base.GetAsync(key, cancellation));

    public override async IAsyncEnumerable<StoredObject> ListAsync(
        string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        List<StoredObject> found = await InTurnAsync(async () =>
        {
            List<StoredObject> all = [];
            await foreach (StoredObject one in base.ListAsync(prefix, cancellation)) all.Add(one);
            return all;
        });
        foreach (StoredObject one in found) yield return one;
    }

    protected override Task<T> WriteAsync<T>(string what, Func<Task<T>> write) => InTurnAsync(write);

    private async Task<T> InTurnAsync<T>(Func<Task<T>> call)
    {
        int number = Interlocked.Increment(ref _calls);
        if (number > dieAt) throw new ProcessDied();
        await table.TurnAsync();
        if (number == dieAt && !afterwards) throw new ProcessDied();
        T result = await call();
        return number == dieAt ? throw new ProcessDied() : result;
    }
}
