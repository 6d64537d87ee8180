using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Storage;

/// <summary>What networks and stores do, between the SDK and the real server.</summary>
public sealed class S3FaultTests : IDisposable
{
    private const string A = "aaaaaaaaaaaaaaaa";
    private const string B = "bbbbbbbbbbbbbbbb";
    private readonly TemporaryFolder _local = new();
    private readonly S3Server _server = S3Server.Require();
    private readonly FaultProxy _proxy;
    private readonly StoreOptions _root;
    private readonly PublishWorld _world;
    private readonly IObjectStore _faulty;

    public S3FaultTests()
    {
        _proxy = new FaultProxy(_server.Address);
        _root = _server.NewRoot();
        _world = new PublishWorld(new S3Store(_root, S3Server.Credentials), _local.Path);
        _faulty = Faulty(retries: 3);
    }

    public void Dispose()
    {
        _faulty.Dispose();
        _world.Store.Dispose();
        _proxy.Dispose();
        _local.Dispose();
    }

    [SkippableFact]
    public async Task Publish_EveryFirstReplyDropped_WinsOnce()
    {
        HashSet<string> met = [];
        await PublishUnderAsync(async request =>
        {
            byte[] answer = await _proxy.ForwardAsync(request);
            lock (met) return request.IsWrite && met.Add(request.ToString()) ? null : answer;
        });
        met.Count.ShouldBeGreaterThan(5);
    }

    [SkippableTheory]
    [InlineData(503, "SlowDown")]
    [InlineData(500, "InternalError")]
    [InlineData(400, "IncompleteBody")]
    [InlineData(409, "ConditionalRequestConflict")]
    [InlineData(200, "InternalError")]
    public async Task Publish_EveryFirstWriteAnsweredBadlyWithoutBeingDone_WinsOnce(int status, string code)
    {
        HashSet<string> met = [];
        await PublishUnderAsync(request =>
        {
            // S3 answers 200 with an error body on completions only.
            bool mine = request.IsWrite && (status != 200 || (request.Method == "POST" && request.Query.ContainsKey("uploadId")));
            lock (met) mine = mine && met.Add(request.ToString());
            return mine ? Task.FromResult<byte[]?>(FaultProxy.Error(status, code)) : Forward(request);
        });
        met.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    [SkippableTheory]
    [InlineData(503, "SlowDown")]
    [InlineData(409, "ConditionalRequestConflict")]
    [InlineData(412, "PreconditionFailed")]
    [InlineData(200, "InternalError")]
    public async Task Publish_EveryFirstWriteDoneButAnsweredBadly_WinsOnce(int status, string code)
    {
        HashSet<string> met = [];
        await PublishUnderAsync(async request =>
        {
            byte[] answer = await _proxy.ForwardAsync(request);
            bool isCompletion = request.Method == "POST" && request.Query.ContainsKey("uploadId");
            bool mine = status switch
            {
                200 =>
                isCompletion,
                412 => request.Headers.ContainsKey("If-None-Match") && IsManifest(request),
                _ => request.IsWrite
            };
            lock (met) return mine && met.Add(request.ToString()) ? FaultProxy.Error(status, code) : answer;
        });
        met.ShouldNotBeEmpty();
    }

    [SkippableFact]
    public async Task Publish_Answered412WithoutAnyManifest_IsTriedAgain()
    {
        int left = 2;
        await PublishUnderAsync(request => IsManifest(request) && left-- > 0
            ? Task.FromResult<byte[]?>(FaultProxy.Error(412, "PreconditionFailed"))
            : Forward(request));
        left.ShouldBeLessThan(0);
    }

    [SkippableFact]
    public async Task Publish_FirstManifestPutArrivesAfterTheSecond_WinsOnce()
    {
        TaskCompletionSource release = new();
        Task<byte[]>? late = null;
        await PublishUnderAsync(async request =>
        {
            if (!IsManifest(request) || late is not null) return await _proxy.ForwardAsync(request);
            late = HeldAsync(request, release.Task);
            return await late;
        });
        release.SetResult();
        byte[] answer = await late!;
        System.Text.Encoding.UTF8.GetString(answer).ShouldContain("412");
        (await _world.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Publish_AllManifestPutsArriveAfterTheEnd_IsUnclearAndThenOneWinner()
    {
        Manifest ours = await _world.PrepareAsync(A), theirs = await _world.PrepareAsync(B, "diff");
        TaskCompletionSource release = new();
        List<Task<byte[]>> late = [];
        _proxy.Fault = async request =>
        {
            if (!IsManifest(request)) return await _proxy.ForwardAsync(request);
            Task<byte[]> held = HeldAsync(request, release.Task);
            lock (late) late.Add(held);
            return await held;
        };
        using IObjectStore once = Faulty(retries: 1);
        (await Fails(() => Publisher(once).PublishAsync(new PublishRequest(ours, []), default))).Code.ShouldBe("PUBLISH_UNCLEAR");
        (await _world.ReadAsync()).ShouldBeNull();
        release.SetResult();
        await Task.WhenAll(late);
        PublishResult result = await Publisher(_world.Store).PublishAsync(new PublishRequest(theirs, []), default);
        (result.Outcome, result.Winner.Manifest.Attempt).ShouldBe((PublishOutcome.LostToDifferent, A));
        (await _world.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Publish_CompletionsAlwaysFailUnder200_IsUnfinishedUntilRecovered()
    {
        Manifest manifest = await _world.PrepareAsync(A);
        _proxy.Fault = request => request.Method == "POST" && request.Query.ContainsKey("uploadId")
            ? Task.FromResult<byte[]?>(FaultProxy.Error(200, "InternalError"))
            : Forward(request);
        BatchScoringException e = await Fails(() => Publisher(_faulty).PublishAsync(new PublishRequest(manifest, []), default));
        (e.Code, e.ExitCode).ShouldBe(("PUBLISH_UNFINISHED", ExitCode.TryLater));
        (await _world.ReadAsync()).ShouldBeNull();
        await Publisher(_world.Store).RecoverAsync(PublishWorld.Folder, default);
        (await _world.ReadAsync()).ShouldBe(A);
    }

    [SkippableFact]
    public async Task Read_BodyCutShort_IsReadAgainOrTyped()
    {
        byte[] content = new byte[100_000];
        new Random(5).NextBytes(content);
        await _world.Store.PutAsync("f", content, PutCondition.Always, default);
        int left = 2;
        _proxy.Fault = async request =>
        {
            byte[] answer = await _proxy.ForwardAsync(request);
            return request.Method == "GET" && left-- > 0 ? answer[..^1_000] : answer;
        };
        (await _faulty.GetAsync("f", default)).ShouldBe(content);
        left = 2;
        byte[] piece = new byte[50_000];
        await _faulty.ReadRangeAsync("f", null, 10_000, piece, default);
        piece.ShouldBe(content[10_000..60_000]);
        left = int.MaxValue;
        (await Fails(() => _faulty.ReadRangeAsync("f", null, 0, piece, default))).ExitCode.ShouldBe(ExitCode.Unreachable);
    }

    [SkippableTheory]
    [InlineData("wrong secret", "STORE_CREDENTIALS_REJECTED", ExitCode.NotAllowed)]
    [InlineData("unknown key", "STORE_CREDENTIALS_REJECTED", ExitCode.NotAllowed)]
    [InlineData("no bucket", "STORE_BUCKET_NOT_FOUND", ExitCode.Configuration)]
    [InlineData("no server", "STORE_UNREACHABLE", ExitCode.Unreachable)]
    [InlineData("clock", "STORE_CLOCK_SKEW", ExitCode.Configuration)]
    [InlineData("rights", "STORE_DENIED", ExitCode.NotAllowed)]
    [InlineData("region", "STORE_WRONG_REGION", ExitCode.Configuration)]
    public async Task Get_StoreThatCannotBeUsed_SaysWhy(string what, string code, ExitCode exit)
    {
        StoreCredentials credentials = await S3Server.Credentials(default);
        StoreOptions options = _root with { Endpoint = _proxy.Address };
        switch (what)
        {
            case "wrong secret": credentials = credentials with { SecretKey = "wrong" }; break;
            case "unknown key": credentials = credentials with { AccessKey = "unknown" }; break;
            case "no bucket": options = options with { Root = "s3://no-such-bucket/x" }; break;
            case "no server": options = options with { Endpoint = "http://127.0.0.1:1" }; break;
            case "clock": _proxy.Fault = _ => Task.FromResult<byte[]?>(FaultProxy.Error(403, "RequestTimeTooSkewed")); break;
            case "rights": _proxy.Fault = _ => Task.FromResult<byte[]?>(FaultProxy.Error(403, "AccessDenied")); break;
            default: _proxy.Fault = _ => Task.FromResult<byte[]?>(FaultProxy.Error(301, "PermanentRedirect")); break;
        }
        using S3Store store = new(options, _ =>
            Task.FromResult(credentials), settings: new S3Settings { Retries = 1, FirstPause = TimeSpan.FromMilliseconds(1) });
        BatchScoringException e = await Fails(() => store.GetAsync("a/b", default));
        (e.Code, e.ExitCode).ShouldBe((code, exit), e.Message);
        e.Message.ShouldContain(options.Root + "/a/b");
        e.Message.ShouldNotContain("test-secret");
    }

    [SkippableFact]
    public async Task Get_TenTimesSlowDown_IsReadAllTheSame()
    {
        await _world.Store.PutAsync("f", new byte[] { 1 }, PutCondition.Always, default);
        int left = 10;
        _proxy.Fault = request => left-- > 0 ? Task.FromResult<byte[]?>(FaultProxy.Error(503, "SlowDown")) : Forward(request);
        using IObjectStore patient = Faulty(new S3Settings().Retries);
        (await patient.GetAsync("f", default)).ShouldBe([1]);
    }

    private static bool IsManifest(TinyRequest request) =>
        request.Method == "PUT" && request.Path.EndsWith("_manifest.json", StringComparison.Ordinal);

    private static async Task<BatchScoringException> Fails(Func<Task> action) => await Should.ThrowAsync<BatchScoringException>(action);

    private static Publisher Publisher(IObjectStore store) => new(store, null, new InstantTime());

    private S3Store Faulty(int retries) => new(_root with { Endpoint = _proxy.Address }, S3Server.Credentials, settings: new S3Settings
    {
        RequestTimeout = TimeSpan.FromSeconds(1),
        Retries = retries,
        FirstPause = TimeSpan.FromMilliseconds(5),
        LongestPause = TimeSpan.FromMilliseconds(20),
    });

    private async Task<byte[]?> Forward(TinyRequest request) => await _proxy.ForwardAsync(request);

    private async Task<byte[]> HeldAsync(TinyRequest request, Task until)
    {
        await until;
        return await _proxy.ForwardAsync(request);
    }

    /// <summary>Stages and publishes through the faults; then rows, winner and leftovers must be as if nothing had happened.</summary>
    private async Task PublishUnderAsync(Func<TinyRequest, Task<byte[]?>> fault)
    {
        _proxy.Fault = fault;
        Manifest manifest = await new PublishWorld(_faulty, _local.Path).PrepareAsync(A);
        PublishResult result = await Publisher(_faulty).PublishAsync(new PublishRequest(manifest, []), default);
        _proxy.Fault = null;
        (result.Outcome, result.Winner.Manifest.Attempt).ShouldBe((PublishOutcome.Won, A));
        (await _world.ReadAsync()).ShouldBe(A);
        (await new DatasetVerifier(_world.Store).VerifyAsync(PublishWorld.Folder, default)).IsEqual.ShouldBeTrue();
    }
}
