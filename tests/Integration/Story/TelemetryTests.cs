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
        using var collector = new OtlpCollector();
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
}
