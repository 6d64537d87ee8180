using System.Text;
using BatchScoring.Core;
using BatchScoring.Storage;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Storage;

/// <summary>Case "o5-stalled-answer-hangs": a connection that dies in mid-answer, and stores that never come to an end.</summary>
public sealed class StalledStoreTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TaskCompletionSource _over = new();

    public void Dispose() => _over.TrySetResult();

    public static TheoryData<string> Calls => ["list", "list pending", "complete", "get", "range", "error body", "silence"];

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_AnswerStopsInMidBody_EndsAtTheDeadline(string call)
    {
        using TinyHttpServer server = Stalling(call);
        using S3Store store = Open(server, TimeSpan.FromMilliseconds(300));

        StoreException e = await Should.ThrowAsync<StoreException>(() => Run(call, store, default).WaitAsync(Patience));

        e.Unclear.ShouldBeTrue();
        // Of an error answer the status is known.
        if (call == "error body") e.Message.ShouldContain("503");
        else e.Message.ShouldContain("deadline");
        e.ExitCode.ShouldBe(ExitCode.Unreachable);
    }

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_AnswerStopsInMidBody_EndsWhenItsCallerGivesUp(string call)
    {
        TaskCompletionSource asked = new();
        using TinyHttpServer server = Stalling(call, asked);
        using S3Store store = Open(server, TimeSpan.FromMinutes(10));
        using CancellationTokenSource cancel = new();
        Task running = Run(call, store, cancel.Token);
        await asked.Task.WaitAsync(Patience);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(409, "ConditionalRequestConflict")]
    [InlineData(503, "SlowDown")]
    [InlineData(500, "InternalError")]
    public async Task Put_StoreFailsForEver_EndsWhenPatienceEnds(int status, string code)
    {
        using TinyHttpServer server = new(_ => Task.FromResult<byte[]?>(FaultProxy.Error(status, code)));
        TimeSpan pause = TimeSpan.FromMilliseconds(10), patience = TimeSpan.FromMilliseconds(300);
        S3Settings settings = new() { Retries = int.MaxValue, FirstPause = pause, LongestPause = pause, Patience = patience };
        using S3Store store = new(Options(server), Keys, null, settings);

        StoreException e = await Should.ThrowAsync<StoreException>(
            () => store.PutAsync("f", new byte[] { 1 }, PutCondition.IfAbsent, default).WaitAsync(Patience));

        e.Message.ShouldContain(code);
    }

    [Fact]
    public void Trouble_EveryMinuteLost_IsToldOnce()
    {
        List<string> told = [];
        StoreTrouble trouble = new(told.Add);

        for (int i = 0; i < 13; i++) trouble.Count(TimeSpan.FromSeconds(10), new StoreException(StorageErrors.Failed, "503 SlowDown"));

        told.Count.ShouldBe(2);
        told[0].ShouldContain("6 tries failed and cost 60 s");
        told[1].ShouldContain("503 SlowDown");
    }

    private static Task Run(string call, IObjectStore store, CancellationToken cancellation) => call switch
    {
        "list" => store.ListAsync("x/", cancellation).ToListAsync(cancellation).AsTask(),
        "list pending" => store.ListPendingAsync("x/", cancellation).ToListAsync(cancellation).AsTask(),
        "complete" => store.CompleteAsync(new PendingPart { Key = "x/p", PendingId = "u", Etags = ["e"], Bytes = 1, Sha256 = "", Rows = 0 },
            cancellation),
        "range" => store.ReadRangeAsync("f", null, 0, new byte[100], cancellation),
        _ => store.GetAsync("f", cancellation),
    };

    private static StoreOptions Options(TinyHttpServer server) =>
        new() { Root = "s3://bucket/root", Endpoint = server.Address, PathStyle = true };

    private static Task<StoreCredentials> Keys(CancellationToken cancellation) =>
        Task.FromResult(new StoreCredentials { AccessKey = "a", SecretKey = "b" });

    private static S3Store Open(TinyHttpServer server, TimeSpan deadline) => new(Options(server), Keys, settings: new S3Settings
    {
        RequestTimeout = deadline,
        Retries = 1,
        Reconnects = 1,
        FirstPause = TimeSpan.FromMilliseconds(1),
    });

    /// <summary>Begins an answer of 100 bytes and leaves it at that.</summary>
    private TinyHttpServer Stalling(string call, TaskCompletionSource? asked = null) => new(_ =>
    {
        byte[] begun = TinyHttpServer.Answer(
            call == "error body" ? 503 : 200, "<?xml version=\"1.0\"?><A>"u8, ("Content-Length", "100"),
                ("Content-Type", "application/xml"), ("ETag", "\"a\""));
        asked?.TrySetResult();
        return Task.FromResult<byte[]?>(call == "silence" ? Encoding.UTF8.GetBytes("HTTP/1.1 200 OK\r\n") : begun);
    }, _over.Task);
}
