using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>Does to the writes that match a word what a test says.</summary>
/// <param name="inner">The store behind it.</param>
/// <param name="matches">Which writes, by "verb key".</param>
/// <param name="fault">Called with the real write; may call it, drop it, delay it, throw.</param>
public sealed class FaultyStore(IObjectStore inner, Func<string, bool> matches, Func<Func<Task>, Task> fault) : StoreDecorator(inner)
{
    private int _hits;

    /// <summary>How many writes were met.</summary>
    public int Hits => _hits;

    /// <summary>The answer of a request that nobody knows the end of.</summary>
    public static StoreException TimeOut() => new(StorageErrors.Unreachable, "The request timed out.", unclear: true);

    protected override async Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
    {
        if (!matches(what)) return await write();
        Interlocked.Increment(ref _hits);
        T result = default!;
        await fault(async () => result = await write());
        return result;
    }
}
