using System.Buffers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
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
    private readonly S3Encryption? _encryption;
    private readonly TimeProvider _time;

    public S3Store(
        StoreOptions options, Func<CancellationToken, Task<StoreCredentials>>? credentials = null, TimeProvider? time = null,
            S3Settings? settings = null,
        Action<string>? tell = null)
    {
        _root = S3Root.Parse(options.Root);
        Options = S3Place.Resolve(options);
        _settings = settings ?? new S3Settings();
        _encryption = options.Encryption is { } encryption ? S3Encryption.Parse(encryption) : null;
        _time = time ?? TimeProvider.System;
        _calls = new S3Calls(_root, Options, credentials, _time, _settings, new StoreTrouble(tell));
        _uploads = new S3Uploads(_root, _calls, _encryption);
    }

    public StoreOptions Options { get; }

    public TimeSpan RequestTimeout => _settings.RequestTimeout;

    public string? LocalPath(string key) => null;

    public async Task<string?> SignedUrlAsync(string key, TimeSpan valid, CancellationToken cancellation)
    {
        GetPreSignedUrlRequest request = new()
        {
            BucketName = _root.Bucket,
            Key = Full(key),
            Expires = _time.GetUtcNow().UtcDateTime + valid,
            Protocol = Options.Endpoint?.StartsWith("http:", StringComparison.OrdinalIgnoreCase) == true ? Protocol.HTTP : Protocol.HTTPS,
        };
        return await _calls.SendAsync("sign", key, (s3, _) => s3.GetPreSignedURLAsync(request), cancellation);
    }

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ListObjectsV2Request request = new() { BucketName = _root.Bucket, Prefix = _root.FullKey(StoreKey.CheckPrefix(prefix)) };
        List<StoredObject> all = [];
        IAsyncEnumerable<ListObjectsV2Response> pages = S3Pages.TurnAsync(async marker =>
        {
            request.ContinuationToken = marker;
            ListObjectsV2Response page =
                await _calls.SendAsync("list", prefix, (s3, token) => s3.ListObjectsV2Async(request, token), cancellation);
            return (page, page.IsTruncated == true, page.NextContinuationToken);
        }, _root.Describe(prefix), cancellation);
        await foreach (ListObjectsV2Response page in pages)
        {
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
        // As a range, which the SDK does not compare with the ETag: an ETag need not be an MD5, and what must be right has a SHA-256 of
        // ours.
        GetObjectRequest request = new() { BucketName = _root.Bucket, Key = Full(key), ByteRange = new ByteRange("bytes=0-") };
        try
        {
            return await _calls.SendAsync("read", key, async (s3, token) =>
            {
                using GetObjectResponse response = await s3.GetObjectAsync(request, token);
                using MemoryStream content = new();
                await response.ResponseStream.CopyToAsync(content, token);
                if (S3Length.Told(response) is { } told && told != content.Length) throw Incomplete(key, content.Length, told);
                return content.ToArray();
            }, cancellation);
        }
        catch (StoreException e) when (e.Is(StorageErrors.NotFound))
        {
            return null;
        }
        catch (StoreException e) when (e.Is(StorageErrors.Truncated))
        {
            return []; // an empty object has no byte 0
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
            long? told = S3Length.Told(response);
            if (!S3Length.IsAsked(response, offset) || told > destination.Length)
                throw new StoreException(StorageErrors.Unsupported,
                    $"Cannot read '{_root.Describe(key)}': the store does not know ranged requests.");
            if (told < destination.Length)
            {
                throw new StoreException(StorageErrors.Truncated, FormattableString.Invariant(
                    $"'{_root.Describe(key)}' ends too early: {destination.Length:N0} bytes wanted from offset {offset:N0}, {told:N0} found."));
            }
            int read = await response.ResponseStream.ReadAtLeastAsync(destination, destination.Length, throwOnEndOfStream: false, token);
            if (read < destination.Length) throw Incomplete(key, read, destination.Length);
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
        string md5 = Md5(bytes);
        try
        {
            return await _calls.SendAsync("write", key, async (s3, token) =>
            {
                PutObjectRequest request = new()
                {
                    BucketName = _root.Bucket,
                    Key = full,
                    InputStream = new MemoryStream(bytes),
                    UseChunkEncoding = false,
                    MD5Digest = md5,
                };
                _encryption?.Ask(request);
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

    public Task AbortAsync(string key, string pendingId, CancellationToken cancellation) =>
        _uploads.AbortAsync(StoreKey.Check(key), pendingId, cancellation);

    public Task<StoreProbe> ProbeAsync(CancellationToken cancellation) =>
        StoreProbes.RunAsync(this, "a second put of one key with If-None-Match is refused", cancellation);

    public void Dispose() => _calls.Dispose();

    /// <summary>
    /// What buckets with object locks demand of every put and part, and every store understands, unlike newer checksums. Proves the way to
    /// the store only; contents are compared by SHA-256.
    /// </summary>
    internal static string Md5(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(MD5.HashData(bytes));

    internal static string Unquoted(string? etag) => (etag ?? "").Trim('"');

    internal static DateTimeOffset Time(DateTime? time) => time is null ? default : new DateTimeOffset(time.Value.ToUniversalTime());

    private string Full(string key) => _root.FullKey(StoreKey.Check(key));

    /// <summary>
    /// HEAD answers have no body, so a refused one does not say why. A listing says it, and renews credentials that have ended.
    /// </summary>
    private async Task<GetObjectMetadataResponse> SendHeadAsync(string key, GetObjectMetadataRequest request,
        CancellationToken cancellation)
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
            name => name.Replace("x-amz-meta-", "", StringComparison.OrdinalIgnoreCase), name =>
                response.Metadata[name], StringComparer.OrdinalIgnoreCase),
    };

    private StoreException Incomplete(string key, long read, long wanted) => new(StorageErrors.IncompleteRead, FormattableString.Invariant(
        $"Cannot read '{_root.Describe(key)}': the answer ended after {read:N0} of {wanted:N0} bytes, also after retries."));
}
