using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>All answers in the order of the input, from one thread or several.</summary>
internal static class ScoredRows
{
    /// <summary>Blocks that a thread may be ahead of the writer within a piece: 2 M rows, a few dozen MB.</summary>
    private const int BlocksAhead = 1024;

    public static IEnumerable<ScoredBlock> Run(Scoring scoring, IReadOnlyList<Piece> pieces, int threads, CancellationToken cancellation) =>
        threads == 1 || pieces.Count == 1 ? InTurn(scoring, pieces, threads, cancellation) : AtOnce(scoring, pieces, threads, cancellation);

    /// <summary>One thread does everything; a single piece leaves the threads to DuckDB.</summary>
    private static IEnumerable<ScoredBlock> InTurn(Scoring scoring, IReadOnlyList<Piece> pieces, int threads, CancellationToken cancellation)
    {
        foreach (Piece piece in pieces)
            foreach (ScoredBlock block in scoring.Score(piece, threads, cancellation)) yield return block;
    }

    private static IEnumerable<ScoredBlock> AtOnce(Scoring scoring, IReadOnlyList<Piece> pieces, int threads, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var room = new SemaphoreSlim(threads + 1);
        BlockingCollection<ScoredBlock>[] queues = pieces.Select(_ => new BlockingCollection<ScoredBlock>(BlocksAhead)).ToArray();
        var failures = new ExceptionDispatchInfo?[pieces.Count];
        int next = -1;
        Task[] workers = Enumerable.Range(0, Math.Min(threads, pieces.Count))
            .Select(_ => Task.Factory.StartNew(Work, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        try
        {
            for (int i = 0; i < queues.Length; i++)
            {
                foreach (ScoredBlock? block in queues[i].GetConsumingEnumerable(stop.Token)) yield return block;
                failures[i]?.Throw();
                room.Release();
            }
        }
        finally
        {
            stop.Cancel();
            Task.WaitAll(workers.Select(worker => worker.ContinueWith(_ => { }, TaskScheduler.Default)).ToArray(), CancellationToken.None);
            foreach (BlockingCollection<ScoredBlock>? queue in queues) queue.Dispose();
        }

        // Pieces are taken in order, so the one that the writer waits for is always being worked on.
        void Work()
        {
            while (true)
            {
                room.Wait(stop.Token);
                int i = Interlocked.Increment(ref next);
                if (i >= pieces.Count) return;
                try
                {
                    foreach (ScoredBlock block in scoring.Score(pieces[i], threads: 1, stop.Token)) queues[i].Add(block, stop.Token);
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
