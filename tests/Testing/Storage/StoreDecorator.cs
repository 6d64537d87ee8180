using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>A store in front of a store. Every writing call passes <see cref="WriteAsync{T}"/>, where derived classes do harm.</summary>
public abstract class StoreDecorator(IObjectStore inner) : IObjectStore
{
    public StoreOptions Options => inner.Options;

    public virtual TimeSpan RequestTimeout => inner.RequestTimeout;

    protected IObjectStore Inner => inner;

    public virtual IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation) =>
        inner.ListAsync(prefix, cancellation);

    public virtual Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation) => inner.HeadAsync(key, cancellation);

    public virtual Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => inner.GetAsync(key, cancellation);

    public virtual Task ReadRangeAsync(string key, string? version, long offset, Memory<byte> destination,
        CancellationToken cancellation) =>
        inner.ReadRangeAsync(key, version, offset, destination, cancellation);

    public virtual Task DownloadAsync(string key, string localFile, CancellationToken cancellation) =>
        inner.DownloadAsync(key, localFile, cancellation);

    public virtual Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation) =>
        WriteAsync($"put {key}", () => inner.PutAsync(key, content, condition, cancellation));

    public Task UploadAsync(string key, string localFile, CancellationToken cancellation) =>
        WriteAsync($"upload {key}", () => Nothing(inner.UploadAsync(key, localFile, cancellation)));

    public Task DeleteAsync(string key, CancellationToken cancellation) =>
        WriteAsync($"delete {key}", () => Nothing(inner.DeleteAsync(key, cancellation)));

    public virtual string? LocalPath(string key) => inner.LocalPath(key);

    public Task<string?> SignedUrlAsync(string key, TimeSpan valid, CancellationToken cancellation) => inner.SignedUrlAsync(key, valid, cancellation);

    public Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation) =>
        WriteAsync($"stage {key}", () => inner.StageAsync(key, localFile, facts, cancellation));

    public virtual IAsyncEnumerable<PendingUpload> ListPendingAsync(string prefix, CancellationToken cancellation) =>
        inner.ListPendingAsync(prefix, cancellation);

    public virtual Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation) => inner.IsPendingAsync(part, cancellation);

    public virtual Task CompleteAsync(PendingPart part, CancellationToken cancellation) =>
        WriteAsync($"complete {part.Key}", () => Nothing(inner.CompleteAsync(part, cancellation)));

    public Task AbortAsync(string key, string pendingId, CancellationToken cancellation) =>
        WriteAsync($"abort {key}", () => Nothing(inner.AbortAsync(key, pendingId, cancellation)));

    public virtual Task<StoreProbe> ProbeAsync(CancellationToken cancellation) => inner.ProbeAsync(cancellation);

    public void Dispose()
    {
    }

    protected virtual Task<T> WriteAsync<T>(string what, Func<Task<T>> write) => write();

    private static async Task<bool> Nothing(Task task)
    {
        await task;
        return true;
    }
}
