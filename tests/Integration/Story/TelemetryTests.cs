using System.Net;
using System.Net.Sockets;
using System.Text;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Story;

/// <summary>Logs when asked for; spans and metrics where OpenTelemetry's own variables send them.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly SmallStory _story = new SmallStory().UpToScores();

    public void Dispose() => _story.Dispose();

    [Fact]
    public void Score_Unasked_LogsNothing() =>
        _story.Score("--revision", "2", "--reason", "test").ShouldExitWith(0).Errors.ShouldNotContain("attempt");

    [Fact]
    public void Score_LogFormatJson_WritesOneObjectPerLineBesideTheAnswer()
    {
        ProgramResult result = _story.Score("--revision", "2", "--reason", "test", "--log-format", "json", "--quiet").ShouldExitWith(0);

        string[] events = [.. result.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!)];
        events.ShouldBe(["CommandBegins", "AttemptBegins", "AttemptEnds", "CommandEnds"]);
        result.Output.ShouldNotContain("CommandBegins");
    }

    [Fact]
    public async Task Score_WithACollector_SendsSpansAndMetrics()
    {
        using var collector = new Collector();
        BuiltProgram.BatchScore.Run(_story.File("."), new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = _story.Bank(),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }, "score", "--date", SmallStory.Date, "--model", CreditCardStory.Model, "--revision", "2", "--reason", "test").ShouldExitWith(0);

        Dictionary<string, string> got = await collector.StopAsync();
        foreach (string name in new[] { "run", "plan", "produce", "task", "publish", "score-2026-11-21-r2" })
            got["/v1/traces"].ShouldContain(name);
        foreach (string name in new[] { "batchscoring.rows.read", "batchscoring.run.duration", "published" })
            got["/v1/metrics"].ShouldContain(name);
    }

    [Fact]
    public void Score_WithACollectorThatIsNotThere_EndsAllTheSame() =>
        BuiltProgram.BatchScore.Run(_story.File("."), new Dictionary<string, string>
        {
            ["BATCHSCORING_ROOT"] = _story.Bank(),
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:9",
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }, "score", "--date", SmallStory.Date, "--model", CreditCardStory.Model, "--revision", "2", "--reason", "test").ShouldExitWith(0);

    /// <summary>Takes whatever is posted, by path; protobuf's texts are plain bytes.</summary>
    private sealed class Collector : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Dictionary<string, string> _got = [];
        private readonly Task _serving;

        public Collector()
        {
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            free.Stop();
            _listener.Prefixes.Add(Address + "/");
            _listener.Start();
            _serving = ServeAsync();
        }

        public string Address { get; }

        public async Task<Dictionary<string, string>> StopAsync()
        {
            _listener.Stop();
            await _serving;
            return _got;
        }

        public void Dispose() => _listener.Close();

        private async Task ServeAsync()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                string path = context.Request.Url!.AbsolutePath;
                _got[path] = _got.GetValueOrDefault(path) + Encoding.Latin1.GetString(body.ToArray());
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
        }
    }
}
