using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// The store of a process that dies at its n-th write: before it (nothing written) or after it (written, answer never seen). From then on
/// every call fails, so that no clean-up can run.
/// </summary>
public sealed class DyingStore(IObjectStore inner, int dieAt, bool afterwards) : StoreDecorator(inner)
{
    private int _writes;
    private volatile bool _isDead;

    /// <summary>Writes that were begun.</summary>
    public int Writes => _writes;

    public override Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation) =>
        Living(() => base.HeadAsync(key, cancellation));

    public override Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => Living(() => base.GetAsync(key, cancellation));

    public override Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation) =>
        Living(() => base.IsPendingAsync(part, cancellation));

    protected override async Task<T> WriteAsync<T>(string what, Func<Task<T>> write)
    {
        bool isMine = Interlocked.Increment(ref _writes) == dieAt;
        if (isMine && !afterwards) _isDead = true;
        T result = await Living(write);
        if (isMine) _isDead = true;
        return await Living(() => Task.FromResult(result));
    }

    private Task<T> Living<T>(Func<Task<T>> call) => _isDead ? Task.FromException<T>(new ProcessDied()) : call();
}
