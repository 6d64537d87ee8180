using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Hosting;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Steps;

public sealed class HttpStepTests : IDisposable
{
    private const string Canary = "Bearer canary-5f1e";
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<TinyRequest> _requests = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly TinyHttpServer _server;
    private Func<TinyRequest, Task<byte[]?>> _answer = _ => Task.FromResult<byte[]?>(TinyHttpServer.Answer(200, "ok"u8));

    public HttpStepTests() => _server = new TinyHttpServer(request =>
    {
        _requests.Enqueue(request);
        return _answer(request);
    });

    [Fact]
    public async Task Request_WithBodyAndSecretHeader_SaysAllAndItsAttempt()
    {
        await File.WriteAllTextAsync(_folder.File("headers"), $"# token of the bus\nAuthorization: {Canary}\n");
        StepAnswer answer = await RunAsync(new JsonObject
        {
            ["body"] = """{"date": "2026-11-28"}""",
            ["headers"] = new JsonObject { ["X-Team"] = "risk" },
            ["header_file"] = _folder.File("headers"),
        });
        answer.End.ShouldBe(StepEnd.Succeeded, answer.Text);
        answer.Figures!["status"]!.GetValue<int>().ShouldBe(200);
        TinyRequest request = _requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        Encoding.UTF8.GetString(request.Body).ShouldBe("""{"date": "2026-11-28"}""");
        request.Headers["Content-Type"].ShouldStartWith("application/json");
        request.Headers["Authorization"].ShouldBe(Canary);
        request.Headers["X-Team"].ShouldBe("risk");
        request.Headers["Idempotency-Key"].ShouldBe("app.2026-11-28.r1.tell.2");
    }

    [Theory]
    [InlineData(204, null, true, false)]
    [InlineData(302, null, false, false)]
    [InlineData(404, null, false, false)]
    [InlineData(404, "404", true, false)]
    [InlineData(200, "404", false, false)]
    [InlineData(429, null, false, true)]
    [InlineData(500, null, false, true)]
    [InlineData(503, "5xx", true, false)]
    public async Task Status_Decides(int status, string? expect, bool succeeds, bool retryHelps)
    {
        _answer = _ => Task.FromResult<byte[]?>(TinyHttpServer.Answer(status, "the queue is full"u8, ("Location", "http://127.0.0.1:9/")));
        StepAnswer answer = await RunAsync(expect is null ? [] : new JsonObject { ["expect"] = expect });
        answer.End.ShouldBe(succeeds ? StepEnd.Succeeded : StepEnd.Failed, answer.Text);
        answer.RetryHelps.ShouldBe(retryHelps);
        answer.Figures!["status"]!.GetValue<int>().ShouldBe(status);
        if (!succeeds) answer.Text.ShouldContain("the queue is full");
    }

    /// <summary>Services repeat what they were sent, in errors most of all.</summary>
    [Fact]
    public async Task Answer_ThatEchoesASecret_DoesNotReachTheText()
    {
        await File.WriteAllTextAsync(_folder.File("headers"), $"Authorization: {Canary}\n");
        _answer = request => Task.FromResult<byte[]?>(
            TinyHttpServer.Answer(401, Encoding.UTF8.GetBytes($"bad token '{request.Headers["Authorization"]}'\u001b[31m")));
        StepAnswer answer = await RunAsync(new JsonObject { ["header_file"] = _folder.File("headers") });
        answer.Text.ShouldContain("bad token");
        answer.Text.ShouldNotContain("canary");
        answer.Text.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task Service_ThatHangsOrHangsUp_IsUnreachableAndWorthARetry()
    {
        _answer = _ => Task.FromResult<byte[]?>(null);
        StepAnswer cut = await RunAsync([]);
        using CancellationTokenSource over = new();
        _answer = async _ =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, over.Token);
            return null;
        };
        StepAnswer hung = await RunAsync(new JsonObject { ["timeout"] = "1s" });
        await over.CancelAsync();
        foreach (StepAnswer answer in new[] { cut, hung })
        {
            answer.Code.ShouldBe("HTTP_UNREACHABLE", answer.Text);
            answer.RetryHelps.ShouldBeTrue();
        }

        hung.Text.ShouldContain("within 1 s");
    }

    [Theory]
    [InlineData("ftp://example.org/", false)]
    [InlineData("nothing", false)]
    [InlineData("https://jane:secret@example.org/", false)]
    [InlineData("http://example.org/", true)]
    public async Task Url_ThatCannotBeUsed_IsRefusedBeforeAnythingIsSent(string url, bool secretHeaders)
    {
        JsonObject settings = new() { ["url"] = url };
        if (secretHeaders) settings["header_file"] = _folder.File("headers");
        StepAnswer answer = await RunAsync(settings);
        answer.Code.ShouldBe("HTTP_URL_INVALID");
        answer.Text.ShouldNotContain("secret@");
    }

    [Fact]
    public async Task HeaderFile_WithALineThatIsNone_SaysWhichLineAndNotWhatStandsThere()
    {
        await File.WriteAllTextAsync(_folder.File("headers"), $"Authorization: {Canary}\ncanary without a colon\n");
        BatchScoringException error = await Should.ThrowAsync<BatchScoringException>(
            () => RunAsync(new JsonObject { ["header_file"] = _folder.File("headers") }));
        error.Error.ShouldBe(HostErrors.ConfigurationInvalid);
        error.Message.ShouldContain("Line 2");
        error.Message.ShouldNotContain("canary");
        _requests.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _server.Dispose();
        _http.Dispose();
        _folder.Dispose();
    }

    private Task<StepAnswer> RunAsync(JsonObject settings)
    {
        if (!settings.ContainsKey("url")) settings["url"] = _server.Address + "/events?token=in-the-query";
        return new HttpStep(_http, TimeProvider.System).RunAsync(
            new StepWork("app.2026-11-28.r1", "app", new DateOnly(2026, 11, 28), "tell", 2, 1, settings, _ => { }), default);
    }
}
