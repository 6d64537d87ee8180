namespace BatchScoring.Storage;

/// <summary>An object whose appearance asks somebody far away to end.</summary>
public static class StopSign
{
    /// <summary>Whether the sign is there. Not known is not a stop: if the store is gone, the work itself finds out and says so.</summary>
    /// <param name="store">Where the sign would be.</param>
    /// <param name="key">Its key.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<bool> IsRaisedAsync(IObjectStore store, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        try
        {
            return await store.HeadAsync(key, cancellation) is not null;
        }
        catch (StoreException)
        {
            return false;
        }
    }
}
