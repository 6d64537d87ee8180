using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using BatchScoring.Core;
using BatchScoring.Storage;

namespace BatchScoring.Tests.Testing;

/// <summary>Objects in memory with the conditions of S3: for thousands of short stories that no disk could follow.</summary>
public sealed class MemoryStore : IObjectStore
{
    private readonly ConcurrentDictionary<string, (byte[] Content, Dictionary<string, string> Facts)> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string Key, byte[] Content, PartFacts Facts)> _pending = new(StringComparer.Ordinal);

    public StoreOptions Options { get; } = new() { Root = "memory" };

    public TimeSpan RequestTimeout => TimeSpan.FromSeconds(1);

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (string key in _objects.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(KeyOrder.Instance))
            if (await HeadAsync(key, cancellation) is { } found) yield return found;
    }

    public Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation) => Task.FromResult(
        _objects.TryGetValue(key, out (byte[] Content, Dictionary<string, string> Facts) found)
            ? new StoredObject
            {
                Key = key,
                Size = found.Content.Length,
                Version = "1",
                Modified = DateTimeOffset.UnixEpoch,
                Metadata = found.Facts,
            }
            : null);

    public Task<byte[]?> GetAsync(string key, CancellationToken cancellation) =>
        Task.FromResult(_objects.TryGetValue(key, out (byte[] Content, Dictionary<string, string> Facts) found) ? found.Content : null);

    public Task ReadRangeAsync(string key, string? version, long offset, Memory<byte> destination, CancellationToken cancellation)
    {
        _objects[key].Content.AsMemory((int)offset, destination.Length).CopyTo(destination);
        return Task.CompletedTask;
    }

    public Task DownloadAsync(string key, string localFile, CancellationToken cancellation) =>
        File.WriteAllBytesAsync(localFile, _objects[key].Content, cancellation);

    public Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation)
    {
        (byte[] Content, Dictionary<string, string> Facts) made = (content.ToArray(), []);
        if (condition == PutCondition.IfAbsent) return Task.FromResult(_objects.TryAdd(key, made));
        _objects[key] = made;
        return Task.FromResult(true);
    }

    public async Task UploadAsync(string key, string localFile, CancellationToken cancellation) =>
        _objects[key] = (await File.ReadAllBytesAsync(localFile, cancellation), []);

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        _objects.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public string? LocalPath(string key) => null;

    public Task<string?> SignedUrlAsync(string key, TimeSpan valid, CancellationToken cancellation) => Task.FromResult<string?>(null);

    public async Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation) =>
        Stage(key, await File.ReadAllBytesAsync(localFile, cancellation), facts);

    /// <summary>As <see cref="StageAsync"/>, without a file.</summary>
    public PendingPart Stage(string key, byte[] content, PartFacts facts)
    {
        string id = Guid.NewGuid().ToString("N");
        _pending[id] = (key, content, facts);
        return new PendingPart { Key = key, PendingId = id, Bytes = content.Length, Sha256 = facts.Sha256, Rows = facts.Rows };
    }

    public async IAsyncEnumerable<PendingUpload> ListPendingAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach ((string id, (string key, _, _)) in _pending)
            if (key.StartsWith(prefix, StringComparison.Ordinal)) yield return new PendingUpload(key, id, DateTimeOffset.UnixEpoch);
        await Task.CompletedTask;
    }

    public Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation) => Task.FromResult(_pending.ContainsKey(part.PendingId));

    public Task CompleteAsync(PendingPart part, CancellationToken cancellation)
    {
        if (!_pending.TryRemove(part.PendingId, out (string Key, byte[] Content, PartFacts Facts) made))
            throw new StoreException(StorageErrors.PendingGone, $"'{part.Key}' is not pending.");
        _objects[part.Key] = (made.Content, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [PartFacts.Sha256Name] = made.Facts.Sha256,
            [PartFacts.AttemptName] = made.Facts.Attempt,
        });
        return Task.CompletedTask;
    }

    public Task AbortAsync(string key, string pendingId, CancellationToken cancellation)
    {
        _pending.TryRemove(pendingId, out _);
        return Task.CompletedTask;
    }

    public Task<StoreProbe> ProbeAsync(CancellationToken cancellation) => Task.FromResult(new StoreProbe(true, ""));

    public void Dispose()
    {
    }
}
