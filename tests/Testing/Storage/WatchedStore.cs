using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>Lets a reader look after every single write, whether it went well or not.</summary>
public sealed class WatchedStore(IObjectStore inner, Func<Task> look) : StoreDecorator(inner)
{
    public List<string> Writes { get; } = [];

    protected override async Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
    {
        lock (Writes) Writes.Add(what);
        T result = await write();
        await look();
        return result;
    }
}
