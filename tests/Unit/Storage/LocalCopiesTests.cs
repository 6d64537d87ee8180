using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

public sealed class LocalCopiesTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly AtomicS3 _server = new();
    private readonly LocalCopies _copies;

    public LocalCopiesTests() => _copies = new LocalCopies(_server.Options("unused"), Keys);

    public void Dispose()
    {
        _copies.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData("rows.csv")]
    [InlineData("in/*.parquet")]
    [InlineData("/no/such/file")]
    public async Task Of_LocalName_StaysAsItIs(string name) => (await _copies.OfAsync(name, default)).ShouldBe(name);

    [Fact]
    public async Task Of_Object_IsCopiedUnderItsNameUntilTheEnd()
    {
        await PutAsync("in/rows.csv", "a,b");

        string path = await _copies.OfAsync("s3://bucket/in/rows.csv", default),
            again = await _copies.OfAsync("S3://bucket/in/rows.csv", default);

        Path.GetFileName(path).ShouldBe("rows.csv");
        again.ShouldNotBe(path);
        File.ReadAllText(path).ShouldBe("a,b");
        _copies.Dispose();
        File.Exists(path).ShouldBeFalse();
    }

    [Theory]
    [InlineData("s3://bucket/in")]
    [InlineData("s3://bucket/in/")]
    public async Task Of_FolderOfABucket_HasItsDataFiles(string address)
    {
        foreach (string key in new[] { "in/a.csv", "in/p=1/b.csv", "in/_SUCCESS", "in/p=2_$folder$", "inner/c.csv" })
            await PutAsync(key, key);

        string path = await _copies.OfAsync(address, default);

        Directory.GetFiles(path, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(path, file))
            .Order(StringComparer.Ordinal)
            .ShouldBe(["a.csv", "p=1/b.csv"]);
    }

    [Theory]
    [InlineData("s3://bucket/none.csv", "STORE_NOT_FOUND")]
    [InlineData("s3://bucket", "STORE_LOCATION_INVALID")]
    [InlineData("s3://bucket/../x", "STORE_KEY_INVALID")]
    [InlineData("s3://elsewhere/x", "STORE_BUCKET_NOT_FOUND")]
    [InlineData("gs://bucket/x", "STORE_LOCATION_INVALID")]
    public async Task Of_NoSuchPlace_SaysWhich(string address, string code) =>
        (await Should.ThrowAsync<StoreException>(() => _copies.OfAsync(address, default))).Code.ShouldBe(code);

    [Fact]
    public async Task Of_WebAddress_IsCopiedUnderItsName()
    {
        using TinyHttpServer web = Web(200, "a,b"u8.ToArray());

        string path = await _copies.OfAsync(web.Address + "/in/my%20rows.csv?token=geheim", default);

        Path.GetFileName(path).ShouldBe("my rows.csv");
        File.ReadAllText(path).ShouldBe("a,b");
    }

    [Theory]
    [InlineData(404, "STORE_NOT_FOUND")]
    [InlineData(403, "STORE_DENIED")]
    [InlineData(503, "STORE_ERROR")]
    public async Task Of_WebAddressThatIsRefused_SaysSoWithoutItsQuery(int status, string code)
    {
        using TinyHttpServer web = Web(status, []);

        StoreException e = await Should.ThrowAsync<StoreException>(() => _copies.OfAsync(web.Address + "/m.cbm?token=geheim", default));

        e.Code.ShouldBe(code);
        e.Message.ShouldContain("/m.cbm");
        e.Message.ShouldNotContain("geheim");
    }

    [Fact]
    public async Task Of_WebAddressThatBreaksOffOrStalls_IsNoFile()
    {
        TaskCompletionSource over = new();
        byte[] begun = TinyHttpServer.Answer(200, "abc"u8, ("Content-Length", "100"));
        using TinyHttpServer broken = new(_ => Task.FromResult<byte[]?>(begun)),
            stalled = new(_ => Task.FromResult<byte[]?>(begun), over.Task);
        using LocalCopies hasty = new(_server.Options("unused"), Keys) { Silence = TimeSpan.FromMilliseconds(300) };

        foreach (TinyHttpServer server in new[] { broken, stalled })
        {
            StoreException e = await Should.ThrowAsync<StoreException>(() =>
                hasty.OfAsync(server.Address + "/rows.csv", default).WaitAsync(Patience));
            e.ExitCode.ShouldBe(ExitCode.Unreachable, e.Message);
        }

        over.SetResult();
    }

    private static Task<StoreCredentials> Keys(CancellationToken cancellation) =>
        Task.FromResult(new StoreCredentials { AccessKey = "a", SecretKey = "b" });

    private static TinyHttpServer Web(int status, byte[] body) => new(_ => Task.FromResult<byte[]?>(TinyHttpServer.Answer(status, body)));

    private async Task PutAsync(string key, string content)
    {
        using IObjectStore store = ObjectStores.Open(_server.Options("") with { Root = "s3://bucket" }, Keys);
        await store.PutAsync(key, System.Text.Encoding.UTF8.GetBytes(content), PutCondition.Always, default);
    }
}
