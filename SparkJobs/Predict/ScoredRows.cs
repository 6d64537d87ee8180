using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Predict;

/// <summary>All answers in the order of the input, from one thread or several.</summary>
internal static class ScoredRows
{
    /// <summary>Blocks that a thread may be ahead of the writer within a split: 2 M rows, a few dozen MB.</summary>
    private const int BlocksAhead = 1024;

    public static IEnumerable<ScoredBlock> Run(RowAnswers answers, IReadOnlyList<FileSplit> splits, int threads,
        CancellationToken cancellation) =>
        threads == 1 || splits.Count == 1 ? InTurn(answers, splits, threads, cancellation) : AtOnce(answers, splits, threads, cancellation);

    /// <summary>One thread does everything; a single split leaves the threads to DuckDB.</summary>
    private static IEnumerable<ScoredBlock> InTurn(RowAnswers answers, IReadOnlyList<FileSplit> splits, int threads,
        CancellationToken cancellation)
    {
        foreach (FileSplit split in splits)
            foreach (ScoredBlock block in answers.Score(split, threads, share: 1, cancellation)) yield return block;
    }

    private static IEnumerable<ScoredBlock> AtOnce(RowAnswers answers, IReadOnlyList<FileSplit> splits, int threads,
        CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var room = new SemaphoreSlim(threads + 1);
        BlockingCollection<ScoredBlock>[] queues = splits.Select(_ => new BlockingCollection<ScoredBlock>(BlocksAhead)).ToArray();
        var failures = new ExceptionDispatchInfo?[splits.Count];
        int next = -1;
        int share = Math.Min(threads, splits.Count);
        Task[] workers = Enumerable.Range(0, share)
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

        // Splits are taken in order, so the one that the writer waits for is always being worked on.
        void Work()
        {
            while (true)
            {
                room.Wait(stop.Token);
                int i = Interlocked.Increment(ref next);
                if (i >= splits.Count) return;
                try
                {
                    foreach (ScoredBlock block in answers.Score(splits[i], threads: 1, share, stop.Token)) queues[i].Add(block, stop.Token);
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
