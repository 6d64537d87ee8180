using System.Diagnostics;
using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Programs;

/// <summary>A run as one trace: what a receiver of OTLP gets, and that jobs are told their place in it.</summary>
public sealed class TraceTests : IDisposable
{
    private readonly DispatcherFolder _folder = new(("app", """
        steps:
        - {name: first, exec: {command: "echo $TRACEPARENT > FOLDER/parent"}}
        - {name: second, retries: {count: 1, wait: 1s}, exec: {command: "exit 3"}}
        """));

    public TraceTests()
    {
        string file = Path.Combine(_folder.Path, "pipelines", "app.yaml");
        File.WriteAllText(file, File.ReadAllText(file).Replace("FOLDER", _folder.Path, StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Run_WithACollector_IsOneTraceThatItsJobsKnow()
    {
        using var collector = new OtlpCollector();
        BuiltProgram.Dispatcher.Run(_folder.Path, new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        }, "run", "app", "--date", "2026-11-28").ExitCode.ShouldNotBe(0);

        string got = (await collector.StopAsync())["/v1/traces"];
        foreach (string text in new[] { "dispatch", "first.1", "second.1", "second.2", "app.2026-11-28.r1", "REMOTE_JOB_FAILED", "exec" })
            got.ShouldContain(text);
        string[] parent = _folder.Lines("parent").ShouldHaveSingleItem().Split('-');
        (parent.Length, parent[0], parent[3]).ShouldBe((4, "00", "01"));
        string trace = Bytes(parent[1]), span = Bytes(parent[2]);
        got.Split(trace).Length.ShouldBe(7); // the run, two steps, three attempts
        got.ShouldContain(span); // the parent that the job knew is sent
    }

    [Fact]
    public void Run_WithoutACollector_TellsJobsNothing()
    {
        _folder.Run("run", "app", "--date", "2026-11-28").ExitCode.ShouldNotBe(0);
        _folder.Lines("parent").ShouldBe([""]);
    }

    [Fact]
    public void Spans_OfARun_HangTogetherAndLastAsLongAsTheirRows()
    {
        _folder.Run("run", "app", "--date", "2026-11-28").ExitCode.ShouldNotBe(0);
        List<Activity> spans = [];
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Spans.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        using var ledger = Ledger.Open(Path.Combine(_folder.Path, "ledger.db"));
        RunRow run = Runs.Require(ledger.Sql, "app.2026-11-28.r1");
        RunTrace.Write(ledger.Sql, run.Id);
        spans.RemoveAll(span => span.TraceId.ToString() != RunTrace.IdOf(run)); // other tests of this process

        spans.Count.ShouldBe(6);
        Activity root = spans.Single(span => span.ParentSpanId == default);
        (root.OperationName, root.StartTimeUtc, root.StartTimeUtc + root.Duration, root.Status).ShouldBe(
            ("dispatch", run.Started!.Value.UtcDateTime, run.Ended!.Value.UtcDateTime, ActivityStatusCode.Error));
        Activity step = spans.Single(span => span.OperationName == "second");
        (step.ParentSpanId, step.GetTagItem("batchscoring.step.kind"), step.GetTagItem("batchscoring.verdict"))
            .ShouldBe((root.SpanId, "exec", "failed"));
        Activity last = spans.Single(span => span.OperationName == "second.2");
        last.ParentSpanId.ShouldBe(step.SpanId);
        RunTrace.ParentOf(run, "second", 2).ShouldBe(
            string.Create(CultureInfo.InvariantCulture, $"00-{last.TraceId}-{last.SpanId}-01"));
    }

    private static string Bytes(string hex) => System.Text.Encoding.Latin1.GetString(Convert.FromHexString(hex));
}
