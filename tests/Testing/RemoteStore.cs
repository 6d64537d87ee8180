using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>A store without local paths, like S3, over one that has them; counts what is read and can be told to fail.</summary>
public sealed class RemoteStore(IObjectStore inner) : IObjectStore
{
    private long _bytesRead;

    public long BytesRead => Interlocked.Read(ref _bytesRead);

    /// <summary>Awaited before every ranged read, with its offset.</summary>
    public Func<long, Task> OnRead { get; set; } = _ => Task.CompletedTask;

    public StoreOptions Options => inner.Options;

    public TimeSpan RequestTimeout => inner.RequestTimeout;

    public string? LocalPath(string key) => null;

    public Task<string?> SignedUrlAsync(string key, TimeSpan valid, CancellationToken cancellation) => inner.SignedUrlAsync(key, valid, cancellation);

    public async Task ReadRangeAsync(string key, string? version, long offset, Memory<byte> destination, CancellationToken cancellation)
    {
        await OnRead(offset).WaitAsync(cancellation);
        Interlocked.Add(ref _bytesRead, destination.Length);
        await inner.ReadRangeAsync(key, version, offset, destination, cancellation);
    }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellation) => inner.ListAsync(prefix, cancellation);

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation) => inner.HeadAsync(key, cancellation);

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) => inner.GetAsync(key, cancellation);

    public Task DownloadAsync(string key, string localFile, CancellationToken cancellation) =>
        inner.DownloadAsync(key, localFile, cancellation);

    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation) =>
        inner.PutAsync(key, content, condition, cancellation);

    public Task UploadAsync(string key, string localFile, CancellationToken cancellation) =>
        inner.UploadAsync(key, localFile, cancellation);

    public Task DeleteAsync(string key, CancellationToken cancellation) => inner.DeleteAsync(key, cancellation);

    public Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation) =>
        inner.StageAsync(key, localFile, facts, cancellation);

    public IAsyncEnumerable<PendingUpload> ListPendingAsync(string prefix, CancellationToken cancellation) =>
        inner.ListPendingAsync(prefix, cancellation);

    public Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation) => inner.IsPendingAsync(part, cancellation);

    public Task CompleteAsync(PendingPart part, CancellationToken cancellation) => inner.CompleteAsync(part, cancellation);

    public Task AbortAsync(string key, string pendingId, CancellationToken cancellation) => inner.AbortAsync(key, pendingId, cancellation);

    public Task<StoreProbe> ProbeAsync(CancellationToken cancellation) => inner.ProbeAsync(cancellation);

    public void Dispose()
    {
        // The inner store belongs to the test.
    }
}
