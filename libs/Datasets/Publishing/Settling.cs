using BatchScoring.Storage;

namespace BatchScoring.Datasets;

/// <summary>
/// Every unclear answer is settled by looking. A write is tried, whatever it answers is set aside, and what then stands decides; only when
/// nothing stands is it tried again.
/// </summary>
internal static class Settling
{
    private const int Tries = 5;

    /// <summary>A store that never lets anything stand is told as such after a minute; it tried long enough by itself each time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <param name="write">The write; its answer is never trusted, neither way.</param>
    /// <param name="look">What stands now, or null.</param>
    /// <param name="time">Clock of the pauses.</param>
    /// <param name="cancellation">Ends it; what was written stays.</param>
    /// <returns>What stands; or null with the last failure when nothing does after all tries.</returns>
    /// <exception cref="StoreException">The write failed for good and clearly, and nothing stands; or looking failed.</exception>
    public static async Task<(T? Standing, StoreException? Failure)> WriteAsync<T>(
        Func<Task> write, Func<Task<T?>> look, TimeProvider time, CancellationToken cancellation) where T : class
    {
        StoreException? failure = null;
        long begun = time.GetTimestamp();
        for (int tried = 0; tried < Tries && (tried == 0 || time.GetElapsedTime(begun) < Patience); tried++)
        {
            if (tried > 0) await Task.Delay(FirstPause * (1 << tried), time, cancellation);
            try
            {
                await write();
            }
            catch (StoreException e)
            {
                failure = e;
            }
            if (await look() is { } standing) return (standing, failure);
            if (failure is { Unclear: false, Transient: false }) throw failure;
        }
        return (null, failure);
    }
}
