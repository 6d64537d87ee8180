using System.Globalization;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;

namespace BatchScoring.Tests.Testing;

/// <summary>
/// The part of S3 that BatchScoring uses, in memory, one request at a time: its conditions are atomic, unlike those of the S3 server at
/// hand. No signatures; access keys can be made to expire. Made from the API's documentation, for races and credentials only: that we
/// speak real S3 is proven against the real server.
/// </summary>
public sealed class AtomicS3 : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Stored> _objects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);
    private readonly TinyHttpServer _server;
    private int _uploadNumber;

    public AtomicS3() => _server = new TinyHttpServer(request => Task.FromResult<byte[]?>(Answer(request)));

    public string Address => _server.Address;

    /// <summary>Requests signed with one of these keys are told that the token has expired.</summary>
    public HashSet<string> ExpiredKeys { get; } = [];

    /// <summary>False: If-None-Match is ignored, as some stores do.</summary>
    public bool KnowsConditions { get; init; } = true;

    /// <summary>How a lost condition is answered: 412 as S3 does, or 304.</summary>
    public int LostCondition { get; init; } = 412;

    /// <summary>The ETag of a content; S3's is its MD5, which nobody promises.</summary>
    public Func<byte[], string> ETags { get; init; } = content => Convert.ToHexStringLower(MD5.HashData(content));

    /// <summary>True: objects come in chunks, without a Content-Length, as through some proxies.</summary>
    public bool AnswersInChunks { get; init; }

    /// <summary>True: uploads are listed only under the whole key of one, as MinIO does, and all when nothing is asked for.</summary>
    public bool ListsUploadsByWholeKey { get; init; }

    /// <summary>True: a bucket with object lock, which takes no put and no part without a Content-MD5.</summary>
    public bool NeedsMd5 { get; init; }

    /// <summary>Requests that the caller has no right to.</summary>
    public Func<TinyRequest, bool> Denies { get; init; } = _ => false;

    public StoreOptions Options(string prefix) => new() { Root = $"s3://bucket/{prefix}", Endpoint = Address, PathStyle = true };

    public void Dispose() => _server.Dispose();

    private byte[] Answer(TinyRequest request)
    {
        lock (_lock)
        {
            string signedBy = request.Headers.GetValueOrDefault("Authorization", "").Split("Credential=").Last().Split('/')[0];
            if (ExpiredKeys.Contains(signedBy))
                return request.Method == "HEAD" ? TinyHttpServer.Answer(400, []) : Error(400, "ExpiredToken");
            if (Denies(request)) return request.Method == "HEAD" ? TinyHttpServer.Answer(403, []) : Error(403, "AccessDenied");
            string[] path = request.Path.Split('/', 3);
            if (path[1] != "bucket") return request.Method == "HEAD" ? TinyHttpServer.Answer(404, []) : Error(404, "NoSuchBucket");
            string key = path.Length < 3 ? "" : Uri.UnescapeDataString(path[2]);
            return key.Length == 0 ? AnswerBucket(request) : AnswerObject(request, key);
        }
    }

    private byte[] AnswerBucket(TinyRequest request)
    {
        string prefix = request.Query.GetValueOrDefault("prefix", "");
        StringBuilder xml = new();
        if (request.Query.ContainsKey("uploads"))
        {
            foreach ((string id, Upload upload) in _uploads.Where(u => IsListed(u.Value.Key, prefix)))
                xml.Append(CultureInfo.InvariantCulture, $"<Upload><Key>{SecurityElement.Escape(upload.Key)}</Key><UploadId>{id}</UploadId><Initiated>{upload.Begun:o}</Initiated></Upload>");
            return Xml($"<ListMultipartUploadsResult><IsTruncated>false</IsTruncated>{xml}</ListMultipartUploadsResult>");
        }
        // Pages of three, so that every listing in every test turns pages.
        List<string> keys = [.. _objects.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(k => Convert.ToHexString(Encoding.UTF8.GetBytes(k)), StringComparer.Ordinal)];
        int from = int.Parse(request.Query.GetValueOrDefault("continuation-token", "0"), CultureInfo.InvariantCulture);
        foreach (string key in keys.Skip(from).Take(3))
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{SecurityElement.Escape(key)}</Key><Size>{_objects[key].Bytes.Length}</Size><ETag>\"{_objects[key].ETag}\"</ETag><LastModified>{_objects[key].Modified:o}</LastModified></Contents>");
        bool more = keys.Count > from + 3;
        return Xml(FormattableString.Invariant($"<ListBucketResult><IsTruncated>{(more ? "true" : "false")}</IsTruncated>{(more ? FormattableString.Invariant($"<NextContinuationToken>{from + 3}</NextContinuationToken>") : "")}{xml}</ListBucketResult>"));
    }

    private bool IsListed(string upload, string prefix) =>
        ListsUploadsByWholeKey ? prefix.Length == 0 || upload == prefix : upload.StartsWith(prefix, StringComparison.Ordinal);

    private byte[] AnswerObject(TinyRequest request, string key)
    {
        if (NeedsMd5 && request.Method == "PUT"
            && request.Headers.GetValueOrDefault("Content-MD5") != Convert.ToBase64String(MD5.HashData(request.Body)))
            return Error(400, "InvalidRequest");
        string? upload = request.Query.GetValueOrDefault("uploadId");
        if (upload is not null && (!_uploads.TryGetValue(upload, out Upload? known) || known.Key != key)) return Error(404, "NoSuchUpload");
        return (request.Method, upload) switch
        {
            ("POST", null) => Begin(request, key),
            ("PUT", not null) => Piece(request, _uploads[upload]),
            ("GET", not null) => Pieces(_uploads[upload]),
            ("POST", not null) => Complete(request, upload),
            ("DELETE", not null) => _uploads.Remove(upload) ? TinyHttpServer.Answer(204, []) : Error(404, "NoSuchUpload"),
            ("PUT", null) => Put(request, key),
            ("DELETE", null) => Delete(key),
            ("GET" or "HEAD", null) => Get(request, key),
            _ => Error(405, "MethodNotAllowed"),
        };
    }

    private byte[] Begin(TinyRequest request, string key)
    {
        string id = FormattableString.Invariant($"upload-{++_uploadNumber:d6}");
        _uploads[id] = new Upload(key, Metadata(request), TimeProvider.System.GetUtcNow());
        return Xml($"<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>");
    }

    private byte[] Piece(TinyRequest request, Upload upload)
    {
        upload.Pieces[int.Parse(request.Query["partNumber"])] = request.Body;
        return TinyHttpServer.Answer(200, [], ("ETag", $"\"{ETags(request.Body)}\""));
    }

    private byte[] Pieces(Upload upload) =>
        Xml("<ListPartsResult><IsTruncated>false</IsTruncated>" + string.Concat(upload.Pieces.Select(p =>
        FormattableString.Invariant(
            $"<Part><PartNumber>{p.Key}</PartNumber><ETag>\"{ETags(p.Value)}\"</ETag><Size>{p.Value.Length}</Size></Part>"))) +
            "</ListPartsResult>");

    private byte[] Complete(TinyRequest request, string id)
    {
        Upload upload = _uploads[id];
        string asked = Encoding.UTF8.GetString(request.Body);
        if (!upload.Pieces.Values.All(p => asked.Contains(ETags(p)))) return Error(400, "InvalidPart");
        _uploads.Remove(id);
        _objects[upload.Key] = NewStored([.. upload.Pieces.Values.SelectMany(p => p)], upload.Metadata);
        return Xml($"<CompleteMultipartUploadResult><ETag>\"{_objects[upload.Key].ETag}\"</ETag></CompleteMultipartUploadResult>");
    }

    private byte[] Put(TinyRequest request, string key)
    {
        if (KnowsConditions && request.Headers.ContainsKey("If-None-Match") && _objects.ContainsKey(key))
            return LostCondition == 304 ? TinyHttpServer.Answer(304, []) : Error(LostCondition, "PreconditionFailed");
        _objects[key] = NewStored(request.Body, Metadata(request));
        return TinyHttpServer.Answer(200, [], ("ETag", $"\"{_objects[key].ETag}\""));
    }

    private byte[] Delete(string key)
    {
        _objects.Remove(key);
        return TinyHttpServer.Answer(204, []);
    }

    private byte[] Get(TinyRequest request, string key)
    {
        if (!_objects.TryGetValue(key, out Stored? found))
            return request.Method == "HEAD" ? TinyHttpServer.Answer(404, []) : Error(404, "NoSuchKey");
        if (request.Headers.TryGetValue("If-Match", out string? match) && match.Trim('"') != found.ETag)
            return Error(412, "PreconditionFailed");
        byte[] body = found.Bytes;
        int status = 200;
        string? contentRange = null;
        if (request.Headers.TryGetValue("Range", out string? range))
        {
            string[] bounds = range.Split('=')[1].Split('-');
            int first = int.Parse(bounds[0]), last = bounds[1].Length == 0
                ? body.Length - 1
                : Math.Min(int.Parse(bounds[1]), body.Length - 1);
            if (first >= body.Length) return Error(416, "InvalidRange");
            contentRange = FormattableString.Invariant($"bytes {first}-{last}/{body.Length}");
            (body, status) = (body[first..(last + 1)], 206);
        }
        return Whole(status, request.Method == "HEAD" ? [] : body, AnswersInChunks && request.Method == "GET", [
            .. contentRange is null ? Array.Empty<(string, string)>() : [("Content-Range", contentRange)],
            ("ETag", $"\"{found.ETag}\""), ("Last-Modified", found.Modified.ToString("r")), .. found.Metadata.Select(m => (m.Key, m.Value)),
            .. request.Method == "HEAD"
                ? [("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))]
                : Array.Empty<(string, string)>()]);
    }

    private static Dictionary<string, string> Metadata(TinyRequest request) =>
        request.Headers.Where(h => h.Key.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(h => h.Key, h => h.Value);

    private static byte[] Error(int status, string code) =>
        TinyHttpServer.Answer(status,
            Encoding.UTF8.GetBytes($"<Error><Code>{code}</Code><Message>said the test's store</Message><RequestId>1</RequestId></Error>"),
            ("Content-Type", "application/xml"));

    private static byte[] Xml(string body) => TinyHttpServer.Answer(200, Encoding.UTF8.GetBytes(body), ("Content-Type", "application/xml"));

    private static byte[] Whole(int status, byte[] body, bool inChunks, params (string Name, string Value)[] headers)
    {
        byte[] answer = TinyHttpServer.Answer(status, body, headers);
        if (!inChunks) return answer;
        string head = Encoding.UTF8.GetString(answer.AsSpan(0, answer.Length - body.Length));
        string chunk = body.Length == 0 ? "" : FormattableString.Invariant($"{body.Length:x}\r\n");
        head = head.Replace(FormattableString.Invariant($"Content-Length: {body.Length}\r\n"), "Transfer-Encoding: chunked\r\n",
            StringComparison.Ordinal);
        return [.. Encoding.UTF8.GetBytes(head + chunk), .. body,
            .. Encoding.UTF8.GetBytes(body.Length == 0 ? "0\r\n\r\n" : "\r\n0\r\n\r\n")];
    }

    private Stored NewStored(byte[] bytes, Dictionary<string, string> metadata) => new(bytes, metadata, ETags(bytes));

    private sealed record Upload(string Key, Dictionary<string, string> Metadata, DateTimeOffset Begun)
    {
        public SortedDictionary<int, byte[]> Pieces { get; } = [];
    }

    private sealed record Stored(byte[] Bytes, Dictionary<string, string> Metadata, string ETag)
    {
        public DateTimeOffset Modified { get; } = TimeProvider.System.GetUtcNow();
    }
}
