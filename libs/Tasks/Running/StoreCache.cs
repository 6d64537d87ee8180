using System.Collections.Concurrent;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tasks;

/// <summary>One open store per place and credentials, kept as long as the runner: a store holds connections.</summary>
internal sealed class StoreCache(Func<HeaderLine, IObjectStore> open) : IDisposable
{
    private readonly ConcurrentDictionary<(StoreOptions, StoreCredentials?), Lazy<IObjectStore>> _stores = new();

    public IObjectStore Get(HeaderLine header) => _stores.GetOrAdd(
        (header.Store, header.Credentials), _ => new Lazy<IObjectStore>(() => open(header))).Value;

    public void Dispose()
    {
        foreach (Lazy<IObjectStore> store in _stores.Values)
        {
            if (store.IsValueCreated) store.Value.Dispose();
        }
    }
}
