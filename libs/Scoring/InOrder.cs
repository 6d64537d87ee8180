using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BatchScoring.Scoring;

/// <summary>Pieces of work at once, and what they make in the order of the pieces.</summary>
internal static class InOrder
{
    /// <summary>What a thread may be ahead of the taker within a piece; of blocks, 2 M rows or a few dozen MB.</summary>
    private const int Ahead = 1024;

    /// <summary>Makes everything; a failure comes behind what was made before it.</summary>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="threads">Threads that work at once.</param>
    /// <param name="make">Makes what belongs to a piece, until it is cancelled.</param>
    /// <param name="cancellation">Ends it.</param>
    public static IEnumerable<T> Run<T>(
        int pieces, int threads, Func<int, CancellationToken, IEnumerable<T>> make, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var room = new SemaphoreSlim(threads + 1);
        BlockingCollection<T>[] queues = [.. Enumerable.Range(0, pieces).Select(_ => new BlockingCollection<T>(Ahead))];
        var failures = new ExceptionDispatchInfo?[pieces];
        int next = -1;
        Task[] workers = [.. Enumerable.Range(0, threads)
            .Select(_ => Task.Factory.StartNew(Work, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        try
        {
            for (int i = 0; i < pieces; i++)
            {
                foreach (T made in queues[i].GetConsumingEnumerable(stop.Token)) yield return made;
                failures[i]?.Throw();
                room.Release();
            }
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll([.. workers.Select(worker => worker.ContinueWith(_ => { }, TaskScheduler.Default))], CancellationToken.None);
            foreach (BlockingCollection<T> queue in queues) queue.Dispose();
        }

        // Pieces are taken in order, so the one that the taker waits for is always being worked on.
        void Work()
        {
            while (true)
            {
                room.Wait(stop.Token);
                int i = Interlocked.Increment(ref next);
                if (i >= pieces) return;
                try
                {
                    foreach (T made in make(i, stop.Token)) queues[i].Add(made, stop.Token);
                }
                catch (Exception e)
                {
                    failures[i] = ExceptionDispatchInfo.Capture(e);
                }
                finally
                {
                    queues[i].CompleteAdding();
                }
            }
        }
    }
}
