namespace BatchScoring.Tests.Testing;

/// <summary>What a piece of code allocates on this thread.</summary>
public static class Allocations
{
    private const int Attempts = 3;

    /// <summary>
    /// Bytes that a hundred calls allocate, the least of some attempts: now and then the runtime allocates for itself on whatever thread
    /// comes by.
    /// </summary>
    public static long OfHundredCalls(Action call)
    {
        call();
        long least = long.MaxValue;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
