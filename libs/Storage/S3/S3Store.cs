using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3.Model;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>
/// A prefix of an S3 bucket as a store. A pending part is a multipart upload that nobody has completed: pieces of
/// <see cref="S3Uploads.PieceBytes"/>, with attempt, SHA-256 and rows as metadata. Thread safe.
/// </summary>
/// <remarks>
/// Needs conditional puts (<c>If-None-Match: *</c>), multipart uploads, ranged GETs with <c>If-Match</c>. A repeated or failing completion
/// says nothing (stores differ, and one replaces finished objects): callers look at the final key.
/// </remarks>
internal sealed class S3Store : IObjectStore
{
    private const int DownloadBytes = 8 << 20;
    private readonly S3Root _root;
    private readonly S3Calls _calls;
    private readonly S3Uploads _uploads;
    private readonly S3Settings _settings;

    public S3Store(
        StoreOptions options, Func<CancellationToken, Task<StoreCredentials>>? credentials = null, TimeProvider? time = null, S3Settings? settings = null)
    {
        Options = options;
        _root = S3Root.Parse(options.Root);
        _settings = settings ?? new S3Settings();
        _calls = new S3Calls(_root, options, credentials, time ?? TimeProvider.System, _settings);
        _uploads = new S3Uploads(_root, _calls);
    }

    public StoreOptions Options { get; }

    public TimeSpan RequestTimeout => _settings.RequestTimeout;

    public string? LocalPath(string key) => null;

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ListObjectsV2Request request = new() { BucketName = _root.Bucket, Prefix = _root.FullKey(StoreKey.CheckPrefix(prefix)) };
        List<StoredObject> all = [];
        while (true)
        {
            ListObjectsV2Response page = await _calls.SendAsync("list", prefix, (s3, token) => s3.ListObjectsV2Async(request, token), cancellation);
            foreach (S3Object found in page.S3Objects ?? [])
            {
                if (found.Key.EndsWith('/')) continue; // folders that consoles make
                all.Add(new StoredObject
                {
                    Key = found.Key[_root.Prefix.Length..],
                    Size = found.Size ?? 0,
                    Version = Unquoted(found.ETag),
                    Modified = Time(found.LastModified),
                });
            }
            if (page.IsTruncated != true) break;
            request.ContinuationToken = page.NextContinuationToken;
        }
        // AWS lists by UTF-8 bytes; stores written in Java were seen to list by UTF-16 units.
        foreach (StoredObject found in all.OrderBy(f => f.Key, KeyOrder.Instance)) yield return found;
    }

    public async Task<StoredObject?> HeadAsync(string key, CancellationToken cancellation)
    {
        GetObjectMetadataRequest request = new() { BucketName = _root.Bucket, Key = Full(key) };
        try
        {
            return Describe(key, await SendHeadAsync(key, request, cancellation));
        }
        catch (StoreException e) when (e.Is(StorageErrors.NotFound))
        {
            return null;
        }
    }

    public async Task<byte[]?> GetAsync(string key, CancellationToken cancellation)
    {
        GetObjectRequest request = new() { BucketName = _root.Bucket, Key = Full(key) };
        try
        {
            return await _calls.SendAsync("read", key, async (s3, token) =>
            {
                using GetObjectResponse response = await s3.GetObjectAsync(request, token);
                byte[] content = new byte[response.ContentLength];
                await FillAsync(response.ResponseStream, content, key, token);
                return content;
            }, cancellation);
        }
        catch (StoreException e) when (e.Is(StorageErrors.NotFound))
        {
            return null;
        }
    }

    public async Task ReadRangeAsync(string key, string? version, long offset, Memory<byte> destination, CancellationToken cancellation)
    {
        GetObjectRequest request = new() { BucketName = _root.Bucket, Key = Full(key) };
        if (destination.Length == 0) return;
        request.ByteRange = new ByteRange(offset, offset + destination.Length - 1);
        if (version is not null) request.EtagToMatch = $"\"{version}\"";
        await _calls.SendAsync("read", key, async (s3, token) =>
        {
            using GetObjectResponse response = await s3.GetObjectAsync(request, token);
            if (response.HttpStatusCode != HttpStatusCode.PartialContent && (offset != 0 || response.ContentLength > destination.Length))
                throw new StoreException(StorageErrors.Unsupported, $"Cannot read '{_root.Describe(key)}': the store does not know ranged requests.");
            if (response.ContentLength < destination.Length)
            {
                throw new StoreException(StorageErrors.Truncated, FormattableString.Invariant(
                    $"'{_root.Describe(key)}' ends too early: {destination.Length:N0} bytes wanted from offset {offset:N0}, {response.ContentLength:N0} found."));
            }
            await FillAsync(response.ResponseStream, destination, key, token);
            return true;
        }, cancellation);
    }

    public async Task DownloadAsync(string key, string localFile, CancellationToken cancellation)
    {
        StoredObject found = await HeadAsync(key, cancellation)
            ?? throw new StoreException(StorageErrors.NotFound, $"Cannot read '{_root.Describe(key)}': it is not there.");
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(DownloadBytes, Math.Max(1, found.Size)));
        try
        {
            using FileStream target = new(localFile, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            for (long offset = 0; offset < found.Size; offset += DownloadBytes)
            {
                Memory<byte> piece = buffer.AsMemory(0, (int)Math.Min(DownloadBytes, found.Size - offset));
                await ReadRangeAsync(key, found.Version, offset, piece, cancellation);
                await target.WriteAsync(piece, cancellation);
            }
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "write", localFile);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public async Task<bool> PutAsync(string key, ReadOnlyMemory<byte> content, PutCondition condition, CancellationToken cancellation)
    {
        string full = Full(key);
        byte[] bytes = content.ToArray();
        try
        {
            return await _calls.SendAsync("write", key, async (s3, token) =>
            {
                PutObjectRequest request = new() { BucketName = _root.Bucket, Key = full, InputStream = new MemoryStream(bytes), UseChunkEncoding = false };
                if (condition == PutCondition.IfAbsent) request.IfNoneMatch = "*";
                await s3.PutObjectAsync(request, token);
                return true;
            }, cancellation);
        }
        catch (StoreException e) when (e.Is(StorageErrors.Changed) && condition == PutCondition.IfAbsent)
        {
            return false; // taken: by somebody else, or by an earlier try of this very call. The caller looks.
        }
    }

    public async Task UploadAsync(string key, string localFile, CancellationToken cancellation)
    {
        FileInfo file = new(localFile);
        if (!file.Exists) throw FolderErrors.From(Posix.ENOENT, "read", localFile);
        if (file.Length > S3Uploads.PieceBytes) await _uploads.UploadAsync(StoreKey.Check(key), localFile, cancellation);
        else await PutAsync(key, await File.ReadAllBytesAsync(localFile, cancellation), PutCondition.Always, cancellation);
    }

    public Task DeleteAsync(string key, CancellationToken cancellation)
    {
        DeleteObjectRequest request = new() { BucketName = _root.Bucket, Key = Full(key) };
        return _calls.SendAsync("remove", key, (s3, token) => s3.DeleteObjectAsync(request, token), cancellation);
    }

    public Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation) =>
        _uploads.StageAsync(StoreKey.Check(key), localFile, facts, cancellation);

    public IAsyncEnumerable<PendingUpload> ListPendingAsync(string prefix, CancellationToken cancellation) =>
        _uploads.ListAsync(StoreKey.CheckPrefix(prefix), cancellation);

    public Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation) => _uploads.IsPendingAsync(part, cancellation);

    public Task CompleteAsync(PendingPart part, CancellationToken cancellation) => _uploads.CompleteAsync(part, cancellation);

    public Task AbortAsync(string key, string pendingId, CancellationToken cancellation) => _uploads.AbortAsync(StoreKey.Check(key), pendingId, cancellation);

    public Task<StoreProbe> ProbeAsync(CancellationToken cancellation) =>
        StoreProbes.RunAsync(this, "a second put of one key with If-None-Match is refused", cancellation);

    public void Dispose() => _calls.Dispose();

    internal static string Unquoted(string? etag) => (etag ?? "").Trim('"');

    internal static DateTimeOffset Time(DateTime? time) => time is null ? default : new DateTimeOffset(time.Value.ToUniversalTime());

    private string Full(string key) => _root.FullKey(StoreKey.Check(key));

    /// <summary>
    /// HEAD answers have no body, so a refused one does not say why. A listing says it, and renews credentials that have ended.
    /// </summary>
    private async Task<GetObjectMetadataResponse> SendHeadAsync(string key, GetObjectMetadataRequest request, CancellationToken cancellation)
    {
        for (int tried = 0; ; tried++)
        {
            try
            {
                return await _calls.SendAsync("look at", key, (s3, token) => s3.GetObjectMetadataAsync(request, token), cancellation);
            }
            catch (StoreException e) when (tried < 3 && e.Is(StorageErrors.Refused, StorageErrors.Denied))
            {
                ListObjectsV2Request asking = new() { BucketName = _root.Bucket, Prefix = request.Key, MaxKeys = 1 };
                await _calls.SendAsync("look at", key, (s3, token) => s3.ListObjectsV2Async(asking, token), cancellation);
            }
        }
    }

    private static StoredObject Describe(string key, GetObjectMetadataResponse response) => new()
    {
        Key = key,
        Size = response.ContentLength,
        Version = Unquoted(response.ETag),
        Modified = Time(response.LastModified),
        Metadata = response.Metadata.Keys.ToDictionary(
            name => name.Replace("x-amz-meta-", "", StringComparison.OrdinalIgnoreCase), name => response.Metadata[name], StringComparer.OrdinalIgnoreCase),
    };

    private async Task FillAsync(Stream body, Memory<byte> destination, string key, CancellationToken cancellation)
    {
        int read = await body.ReadAtLeastAsync(destination, destination.Length, throwOnEndOfStream: false, cancellation);
        if (read == destination.Length) return;
        throw new StoreException(StorageErrors.IncompleteRead, FormattableString.Invariant(
            $"Cannot read '{_root.Describe(key)}': the answer ended after {read:N0} of {destination.Length:N0} bytes, also after retries."));
    }
}
