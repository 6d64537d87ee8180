using System.Diagnostics;

namespace BatchScoring.Tests.Testing;

/// <summary>Waits for what other processes do and nobody signals.</summary>
public static class Poll
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks until something is found.</summary>
    /// <param name="look">Null: not yet.</param>
    /// <param name="limit">How long at most.</param>
    /// <param name="what">Named when the time is over.</param>
    public static async Task<T> ForAsync<T>(Func<Task<T?>> look, TimeSpan limit, string what)
        where T : class
    {
        long from = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(from) < limit)
        {
            if (await look() is { } found) return found;
            await Task.Delay(Interval, TimeProvider.System);
        }

        throw new TimeoutException($"{what}: not within {limit.TotalSeconds:0.#} s.");
    }

    public static Task UntilAsync(Func<bool> holds, TimeSpan limit, string what) =>
        ForAsync(() => Task.FromResult(holds() ? what : null), limit, what);
}
