using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// One part's completion was sent by somebody else and lands late: here it looks gone, and only the third look finds it.
/// </summary>
public sealed class LateStore(IObjectStore inner, string key) : StoreDecorator(inner)
{
    private PendingPart? _part;

    public int Looks { get; private set; }

    public override async Task<StoredObject?> HeadAsync(string looked, CancellationToken cancellation)
    {
        if (looked != key) return await base.HeadAsync(looked, cancellation);
        if (++Looks < 3) return null;
        if (_part is not null) await Inner.CompleteAsync(_part, cancellation);
        _part = null;
        return await base.HeadAsync(looked, cancellation);
    }

    public override Task CompleteAsync(PendingPart part, CancellationToken cancellation)
    {
        if (part.Key != key) return base.CompleteAsync(part, cancellation);
        _part = part;
        return Task.FromException(new StoreException(StorageErrors.PendingGone, "Somebody else completes it."));
    }
}
