using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3.Model;
using BatchScoring.Core;

namespace BatchScoring.Storage;

/// <summary>Multipart uploads: an uncompleted one is a pending part.</summary>
internal sealed class S3Uploads(S3Root root, S3Calls calls, S3Encryption? encryption)
{
    /// <summary>Every piece but the last has exactly this size. 10,000 of them (S3's limit) make 78 GiB.</summary>
    public const int PieceBytes = 8 << 20;

    private const string MarkName = "upload";
    private const long MaximumBytes = 10_000L * PieceBytes;

    public async Task<PendingPart> StageAsync(string key, string localFile, PartFacts facts, CancellationToken cancellation)
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal)
        {
            [PartFacts.AttemptName] = facts.Attempt,
            [PartFacts.Sha256Name] = facts.Sha256,
            [PartFacts.RowsName] = facts.Rows.ToString(CultureInfo.InvariantCulture),
        };
        string upload = await BeginAsync(key, metadata, cancellation);
        try
        {
            (List<string> etags, long bytes, string sha256) = await SendPiecesAsync(key, upload, localFile, cancellation);
            if (!string.Equals(sha256, facts.Sha256, StringComparison.OrdinalIgnoreCase))
                throw StagedFile.HashMismatch(localFile, facts.Sha256, sha256);
            return new PendingPart { Key = key, PendingId = upload, Etags = etags, Bytes = bytes, Sha256 = sha256, Rows = facts.Rows };
        }
        catch
        {
            await TryAbortAsync(key, upload);
            throw;
        }
    }

    /// <summary>Uploads unconditionally; when the completion's answer is unclear, the final object tells by its mark.</summary>
    public async Task UploadAsync(string key, string localFile, CancellationToken cancellation)
    {
        string mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        string upload = await BeginAsync(key, new(StringComparer.Ordinal) { [MarkName] = mark }, cancellation);
        try
        {
            (List<string> etags, long bytes, string sha256) = await SendPiecesAsync(key, upload, localFile, cancellation);
            await CompleteAsync(new PendingPart { Key = key, PendingId = upload, Etags = etags, Bytes = bytes, Sha256 = sha256, Rows = 0 },
                cancellation);
        }
        catch (StoreException e) when (e.Unclear)
        {
            GetObjectMetadataRequest request = new() { BucketName = root.Bucket, Key = root.FullKey(key) };
            GetObjectMetadataResponse found =
                await calls.SendAsync("look at", key, (s3, token) => s3.GetObjectMetadataAsync(request, token), cancellation);
            if (!string.Equals(found.Metadata[MarkName], mark, StringComparison.Ordinal)) throw;
        }
        catch
        {
            await TryAbortAsync(key, upload);
            throw;
        }
    }

    public async IAsyncEnumerable<PendingUpload> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string full = root.FullKey(prefix);
        bool any = false;
        await foreach (PendingUpload found in ListFilteredAsync(prefix, full, cancellation))
        {
            any = true;
            yield return found;
        }
        if (any || full.Length == 0) yield break;
        // Some stores do not know how to filter, or list uploads of one whole key only: they are asked for all.
        await foreach (PendingUpload found in ListFilteredAsync(prefix, null, cancellation)) yield return found;
    }

    /// <param name="prefix">What is wanted.</param>
    /// <param name="filter">What the store is asked to filter by. Null: it is not; where the rights do not reach that far, nothing more is
    /// known.</param>
    /// <param name="cancellation">Ends it.</param>
    private async IAsyncEnumerable<PendingUpload> ListFilteredAsync(string prefix, string? filter,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        ListMultipartUploadsRequest request = new() { BucketName = root.Bucket, Prefix = filter };
        IAsyncEnumerable<ListMultipartUploadsResponse> pages = S3Pages.TurnAsync(async marker =>
        {
            ListMultipartUploadsResponse page = await ListPageAsync(prefix, request, cancellation);
            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
            return (page, page.IsTruncated == true, page.NextKeyMarker + '\n' + page.NextUploadIdMarker is { Length: > 1 } next
                ? next
                : null);
        }, root.Describe(prefix), cancellation);
        await foreach (ListMultipartUploadsResponse page in pages)
        {
            foreach (MultipartUpload found in page.MultipartUploads ?? [])
            {
                if (!found.Key.StartsWith(root.FullKey(prefix), StringComparison.Ordinal)) continue;
                yield return new PendingUpload(found.Key[root.Prefix.Length..], found.UploadId, S3Store.Time(found.Initiated));
            }
        }
    }

    public async Task<bool> IsPendingAsync(PendingPart part, CancellationToken cancellation)
    {
        ListPartsRequest request =
            new() { BucketName = root.Bucket, Key = root.FullKey(StoreKey.Check(part.Key)), UploadId = part.PendingId };
        List<string> etags = [];
        long bytes = 0;
        try
        {
            IAsyncEnumerable<ListPartsResponse> pages = S3Pages.TurnAsync(async marker =>
            {
                request.PartNumberMarker = marker;
                ListPartsResponse page =
                    await calls.SendAsync("look at the pending", part.Key, (s3, token) => s3.ListPartsAsync(request, token), cancellation);
                return (page, page.IsTruncated == true, page.NextPartNumberMarker?.ToString(CultureInfo.InvariantCulture));
            }, root.Describe(part.Key), cancellation);
            await foreach (ListPartsResponse page in pages)
            {
                foreach (PartDetail piece in (page.Parts ?? []).OrderBy(p => p.PartNumber))
                {
                    etags.Add(S3Store.Unquoted(piece.ETag));
                    bytes += piece.Size ?? 0;
                }
            }
        }
        catch (StoreException e) when (e.Is(StorageErrors.PendingGone, StorageErrors.NotFound))
        {
            return false;
        }
        return bytes == part.Bytes && etags.SequenceEqual(part.Etags, StringComparer.Ordinal);
    }

    public async Task CompleteAsync(PendingPart part, CancellationToken cancellation)
    {
        CompleteMultipartUploadRequest request = new()
        {
            BucketName = root.Bucket,
            Key = root.FullKey(StoreKey.Check(part.Key)),
            UploadId = part.PendingId,
            PartETags = [.. part.Etags.Select((etag, i) => new PartETag(i + 1, etag))],
        };
        CompleteMultipartUploadResponse response =
            await calls.SendAsync("complete", part.Key, (s3, token) => s3.CompleteMultipartUploadAsync(request, token), cancellation);
        if (string.IsNullOrEmpty(response.ETag)) // 200 with a body that speaks of something else
            throw new StoreException(StorageErrors.Failed,
                $"Cannot complete '{root.Describe(part.Key)}': the store's answer names no object.", unclear: true);
    }

    public async Task AbortAsync(string key, string upload, CancellationToken cancellation)
    {
        AbortMultipartUploadRequest request = new() { BucketName = root.Bucket, Key = root.FullKey(key), UploadId = upload };
        try
        {
            await calls.SendAsync("give up the pending", key, (s3, token) => s3.AbortMultipartUploadAsync(request, token), cancellation);
        }
        catch (StoreException e) when (e.Is(StorageErrors.PendingGone, StorageErrors.NotFound))
        {
            // Nothing to give up.
        }
    }

    private async Task<string> BeginAsync(string key, Dictionary<string, string> metadata, CancellationToken cancellation)
    {
        InitiateMultipartUploadRequest request = new() { BucketName = root.Bucket, Key = root.FullKey(key) };
        foreach ((string name, string value) in metadata) request.Metadata[name] = value;
        encryption?.Ask(request);
        return (await calls.SendAsync("begin to write", key, (s3, token) =>
            s3.InitiateMultipartUploadAsync(request, token), cancellation)).UploadId;
    }

    private async Task<(List<string> ETags, long Bytes, string Sha256)> SendPiecesAsync(
        string key, string upload, string localFile, CancellationToken cancellation)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            using FileStream file = new(localFile, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
            if (file.Length > MaximumBytes)
            {
                throw new StoreException(StorageErrors.Refused, FormattableString.Invariant(
                    $"'{localFile}' has {file.Length:N0} bytes; one object may have {MaximumBytes:N0}. Cut it into more splits."));
            }
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            List<string> etags = [];
            long bytes = 0;
            int read;
            while ((read = await file.ReadAtLeastAsync(buffer.AsMemory(0, PieceBytes), PieceBytes, throwOnEndOfStream: false,
                cancellation)) > 0 || etags.Count == 0)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                etags.Add(await SendPieceAsync(key, upload, etags.Count + 1, buffer, read, cancellation));
                bytes += read;
                if (read < PieceBytes) break;
            }
            return (etags, bytes, Convert.ToHexStringLower(hash.GetHashAndReset()));
        }
        catch (Exception e) when (FolderErrors.Handles(e))
        {
            throw FolderErrors.From(e, "read", localFile);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task<string> SendPieceAsync(string key, string upload, int number, byte[] buffer, int count,
        CancellationToken cancellation)
    {
        string md5 = S3Store.Md5(buffer.AsSpan(0, count));
        UploadPartResponse response = await calls.SendAsync("write", key, (s3, token) => s3.UploadPartAsync(new UploadPartRequest
        {
            BucketName = root.Bucket,
            Key = root.FullKey(key),
            UploadId = upload,
            PartNumber = number,
            PartSize = count,
            MD5Digest = md5,
            InputStream = new MemoryStream(buffer, 0, count, writable: false),
            UseChunkEncoding = false,
        }, token), cancellation);
        return S3Store.Unquoted(response.ETag);
    }

    private async Task<ListMultipartUploadsResponse> ListPageAsync(string prefix, ListMultipartUploadsRequest request,
        CancellationToken cancellation)
    {
        try
        {
            return await calls.SendAsync("list what is pending under", prefix, (s3, token) =>
                s3.ListMultipartUploadsAsync(request, token), cancellation);
        }
        // A store that cannot filter is asked without; whose rights end at a prefix may not look further, and knows what it knows.
        catch (StoreException e) when (request.Prefix is null ? e.Is(StorageErrors.Denied) : e.Is(StorageErrors.Unsupported))
        {
            return new ListMultipartUploadsResponse();
        }
    }

    private async Task TryAbortAsync(string key, string upload)
    {
        try
        {
            await AbortAsync(key, upload, CancellationToken.None);
        }
        catch (StoreException)
        {
            // The first error is the one to tell; clean removes the rest.
        }
    }
}
