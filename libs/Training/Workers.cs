namespace BatchScoring.Training;

/// <summary>Threads that share pieces of work, one after another: of ranges the last one would be waited for.</summary>
internal static class Workers
{
    /// <summary>Rows of a table whose passes are worth a second thread: fewer are done before it wakes.</summary>
    public const int ManyRows = 1 << 16;

    /// <param name="count">Of pieces.</param>
    /// <param name="threads">That work at most.</param>
    /// <param name="work">Called for every piece.</param>
    public static void ForAll(int count, int threads, Action<int> work)
    {
        if (Math.Min(count, threads) <= 1)
        {
            for (int piece = 0; piece < count; piece++) work(piece);
            return;
        }

        int next = -1;
        Parallel.For(0, Math.Min(count, threads), new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            for (int piece = Interlocked.Increment(ref next); piece < count; piece = Interlocked.Increment(ref next)) work(piece);
        });
    }
}
