using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>Stores that speak S3 in a way of their own, as people have met them.</summary>
public sealed class OddStoreTests : IDisposable
{
    private const string Folder = "out/run_date=2026-11-21/";
    private static readonly StoreCredentials Keys = new() { AccessKey = "a", SecretKey = "b" };
    private readonly TemporaryFolder _local = new();

    public void Dispose() => _local.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("out/")]
    [InlineData(Folder)]
    [InlineData(Folder + "part-0")]
    public async Task ListPending_StoreListsUploadsByWholeKeyOnly_FindsWhatIsUnderAPrefix(string prefix)
    {
        // Case "o1-minio-leftovers".
        using AtomicS3 server = new() { ListsUploadsByWholeKey = true };
        using S3Store store = Open(server.Options("root")), other = Open(server.Options("other"));
        PendingPart part = await StageAsync(store, Folder + "part-0.parquet");
        await StageAsync(other, Folder + "part-0.parquet");

        (await store.ListPendingAsync(prefix, default).ToListAsync()).Select(p => p.PendingId).ShouldBe([part.PendingId]);

        CleanResult cleaned = await new PendingCleaner(store).CleanAsync(TimeSpan.FromDays(-1), dryRun: false, default);
        cleaned.Aborted.Count.ShouldBe(1);
        (await store.IsPendingAsync(part, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task ListPending_NoRightBeyondThePrefix_FindsNothingAndDoesNotFail()
    {
        using AtomicS3 server = new() { Denies = request => request.Query.ContainsKey("uploads") && !request.Query.ContainsKey("prefix") };
        using S3Store store = Open(server.Options("root"));

        (await store.ListPendingAsync("out/", default).ToListAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(304)]
    [InlineData(409)]
    [InlineData(412)]
    public async Task Put_LostConditionIsAnsweredOtherwise_IsATakenKey(int status)
    {
        // Case "o4-304-not-taken".
        using AtomicS3 server = new() { LostCondition = status };
        using S3Store store = Open(server.Options("root"));

        (await store.PutAsync("f", new byte[] { 1 }, PutCondition.IfAbsent, default)).ShouldBeTrue();
        (await store.PutAsync("f", new byte[] { 2 }, PutCondition.IfAbsent, default)).ShouldBeFalse();

        (await store.ProbeAsync(default)).ConditionalWrites.ShouldBeTrue();
        (await StoreRace.RunAsync(store, 1, 4, default)).IsAtomic.ShouldBeTrue();
    }

    [Fact]
    public async Task Write_BucketWithObjectLock_SendsTheMd5ThatItAsksFor()
    {
        // Case "e1-object-lock".
        using AtomicS3 server = new() { NeedsMd5 = true };
        using S3Store store = Open(server.Options("root"));
        byte[] large = RandomNumberGenerator.GetBytes(S3Uploads.PieceBytes + 5);
        await File.WriteAllBytesAsync(_local.File("large"), large);

        await store.PutAsync("empty", Array.Empty<byte>(), PutCondition.IfAbsent, default);
        await store.PutAsync("small", "abc"u8.ToArray(), PutCondition.Always, default);
        await store.UploadAsync("large", _local.File("large"), default);
        await store.CompleteAsync(await StageAsync(store, Folder + "part-0.parquet"), default);

        (await store.GetAsync("small", default)).ShouldBe("abc"u8.ToArray());
        (await store.GetAsync("large", default)).ShouldBe(large);
        (await store.HeadAsync(Folder + "part-0.parquet", default)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("0x8DF4C0A1B2C3D4E")] // Azure's
    [InlineData("e1003")]
    [InlineData("5d41402abc4b2a76b9719d911017c592")] // looks like an MD5 and is none of this object
    [InlineData("1732752000-17-42")]
    public async Task Read_ETagIsNoMd5_IsNotComparedWithTheContent(string etag)
    {
        // Case "e1-etag-not-md5".
        using AtomicS3 server = new() { ETags = _ => etag };
        using S3Store store = Open(server.Options("root"));
        await store.PutAsync("f", "abc"u8.ToArray(), PutCondition.Always, default);

        StoredObject found = (await store.HeadAsync("f", default))!;
        byte[] piece = new byte[2];
        await store.ReadRangeAsync("f", found.Version, 1, piece, default);

        piece.ShouldBe("bc"u8.ToArray());
        found.Version.ShouldBe(etag);
        (await store.GetAsync("f", default)).ShouldBe("abc"u8.ToArray());
        (await store.IsPendingAsync(await StageAsync(store, Folder + "part-0.parquet"), default)).ShouldBeTrue();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100_000)]
    public async Task Read_AnswerInChunksWithoutALength_IsWhole(int bytes)
    {
        // Case "e1-chunked-answer".
        using AtomicS3 server = new() { AnswersInChunks = true };
        using S3Store store = Open(server.Options("root"));
        byte[] content = RandomNumberGenerator.GetBytes(bytes), piece = new byte[Math.Max(0, bytes - 2)];
        await store.PutAsync("f", content, PutCondition.Always, default);

        await store.ReadRangeAsync("f", null, 1, piece, default);
        await store.DownloadAsync("f", _local.File("f"), default);

        (await store.GetAsync("f", default)).ShouldBe(content);
        piece.ShouldBe(content.Skip(1).Take(piece.Length));
        (await File.ReadAllBytesAsync(_local.File("f"))).ShouldBe(content);
        (await Fails(() => store.ReadRangeAsync("f", null, 0, new byte[bytes + 1], default))).ShouldBe("STORE_TRUNCATED");
    }

    [Fact]
    public async Task Head_AnswerWithoutALength_IsNotTakenForEmpty()
    {
        using TinyHttpServer server =
            new(_ => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\nConnection: close\r\nETag: \"a\"\r\n\r\n")));
        using S3Store store = Open(At(server));

        (await Fails(() => store.HeadAsync("f", default))).ShouldBe("STORE_UNSUPPORTED");
    }

    [Fact]
    public async Task Read_StoreThatDoesNotKnowRanges_IsSaid()
    {
        using TinyHttpServer server = new(_ => Task.FromResult<byte[]?>(TinyHttpServer.Answer(200, "0123456789"u8, ("ETag", "\"a\""))));
        using S3Store store = Open(At(server));

        (await Fails(() => store.ReadRangeAsync("f", null, 2, new byte[3], default))).ShouldBe("STORE_UNSUPPORTED");
        (await Fails(() => store.ReadRangeAsync("f", null, 0, new byte[3], default))).ShouldBe("STORE_UNSUPPORTED");
        (await store.GetAsync("f", default)).ShouldBe("0123456789"u8.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("<NextContinuationToken></NextContinuationToken>")]
    [InlineData("<NextContinuationToken>t</NextContinuationToken>", "<NextContinuationToken>t</NextContinuationToken>")]
    [InlineData("<NextContinuationToken>t</NextContinuationToken>", "<NextContinuationToken>u</NextContinuationToken>",
        "<NextContinuationToken>t</NextContinuationToken>")]
    public async Task List_TruncatedWithoutAWayOn_IsAnErrorAtOnce(params string[] tokens)
    {
        // Case "e1-endless-listing".
        int asked = 0;
        using TinyHttpServer server =
            new(_ => Xml($"<ListBucketResult><IsTruncated>true</IsTruncated>{tokens[asked++ % tokens.Length]}</ListBucketResult>"));
        using S3Store store = Open(At(server));

        (await Fails(() => store.ListAsync("x/", default).ToListAsync().AsTask())).ShouldBe("STORE_UNSUPPORTED");
        asked.ShouldBe(tokens.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<NextKeyMarker>k</NextKeyMarker><NextUploadIdMarker>u</NextUploadIdMarker>")]
    public async Task ListPending_TruncatedWithoutAWayOn_IsAnErrorAtOnce(string markers)
    {
        using TinyHttpServer server =
            new(_ => Xml($"<ListMultipartUploadsResult><IsTruncated>true</IsTruncated>{markers}</ListMultipartUploadsResult>"));
        using S3Store store = Open(At(server));

        (await Fails(() => store.ListPendingAsync("x/", default).ToListAsync().AsTask())).ShouldBe("STORE_UNSUPPORTED");
    }

    [Theory]
    [InlineData("<NextPartNumberMarker>0</NextPartNumberMarker>")]
    [InlineData("")]
    public async Task IsPending_TruncatedWithoutAWayOn_IsAnErrorAtOnce(string marker)
    {
        using TinyHttpServer server = new(_ => Xml($"<ListPartsResult><IsTruncated>true</IsTruncated>{marker}</ListPartsResult>"));
        using S3Store store = Open(At(server));
        PendingPart part = new() { Key = "x/p", PendingId = "u", Etags = [], Bytes = 0, Sha256 = "", Rows = 0 };

        (await Fails(() => store.IsPendingAsync(part, default))).ShouldBe("STORE_UNSUPPORTED");
    }

    [Theory]
    [InlineData("range")]
    [InlineData("get")]
    [InlineData("download")]
    public async Task Read_ArchivedObject_IsNoMatterOfRights(string call)
    {
        // Case "e1-archived-object".
        using TinyHttpServer server = new(_ => Task.FromResult<byte[]?>(FaultProxy.Error(403, "InvalidObjectState")));
        using S3Store store = Open(At(server));

        StoreException e = await Should.ThrowAsync<StoreException>(() => call switch
        {
            "range" => store.ReadRangeAsync("f", null, 0, new byte[3], default),
            "get" => store.GetAsync("f", default),
            _ => store.DownloadAsync("f", _local.File("f"), default),
        });

        (e.Code, e.ExitCode).ShouldBe(("STORE_ARCHIVED", ExitCode.InputUnusable));
        e.Message.ShouldContain("restore");
    }

    [Theory]
    [InlineData("AES256", "AES256", null)]
    [InlineData("aws:kms", "aws:kms", null)]
    [InlineData("aws:kms=key-1", "aws:kms", "key-1")]
    public async Task Write_EncryptionIsAskedFor_EveryObjectSaysSo(string encryption, string method, string? key)
    {
        using AtomicS3 server = new()
        {
            Denies = request => (request.Method == "PUT" && !request.Query.ContainsKey("partNumber") || request.Query.ContainsKey("uploads")
                && request.Method == "POST")
                && (request.Headers.GetValueOrDefault("x-amz-server-side-encryption") != method
                    || request.Headers.GetValueOrDefault("x-amz-server-side-encryption-aws-kms-key-id") != key),
        };
        using S3Store store = Open(server.Options("root") with { Encryption = encryption }), plain = Open(server.Options("root"));

        await store.PutAsync("f", new byte[] { 1 }, PutCondition.IfAbsent, default);
        await store.CompleteAsync(await StageAsync(store, Folder + "part-0.parquet"), default);

        (await Fails(() => plain.PutAsync("g", new byte[] { 1 }, PutCondition.IfAbsent, default))).ShouldBe("STORE_DENIED");
    }

    private static S3Store Open(StoreOptions options) =>
        new(options, _ => Task.FromResult(Keys),
            settings: new S3Settings { Retries = 1, Reconnects = 1, FirstPause = TimeSpan.FromMilliseconds(1) });

    private static StoreOptions At(TinyHttpServer server) =>
        new() { Root = "s3://bucket/root", Endpoint = server.Address, PathStyle = true };

    private static Task<byte[]?> Xml(string body) =>
        Task.FromResult<byte[]?>(TinyHttpServer.Answer(200, Encoding.UTF8.GetBytes(body), ("Content-Type", "application/xml")));

    private static async Task<string> Fails(Func<Task> action) => (await Should.ThrowAsync<StoreException>(action)).Code;

    private async Task<PendingPart> StageAsync(IObjectStore store, string key)
    {
        byte[] content = "PAR1"u8.ToArray();
        await File.WriteAllBytesAsync(_local.File("part"), content);
        return await store.StageAsync(key, _local.File("part"),
            new PartFacts("aaaaaaaaaaaaaaaa", "artifacts/runs/r/a/", Convert.ToHexStringLower(SHA256.HashData(content)), 1), default);
    }
}
