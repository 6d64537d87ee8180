using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Timetable;
using Microsoft.Extensions.Time.Testing;

namespace BatchScoring.Tests.Dispatch.Mail;

/// <summary>A ledger with runs that end, an outbox that is emptied over ways of the test's choice, a clock that the test turns.</summary>
internal sealed class MailWorld : IDisposable
{
    public static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    private long _fence;

    public MailWorld(MailSettings settings, params IReadOnlyList<MailGroup> groups)
    {
        Settings = settings;
        News = new MailNews(settings, (_, _) => Pipeline with { Mail = groups }, () => { }, Time);
        Lead();
    }

    public MailSettings Settings { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 28, 5, 0, 0, TimeSpan.Zero));

    public Ledger Ledger { get; } = Ledger.InMemory();

    public MailNews News { get; }

    public LetterWriter Writer => new(Settings, Time);

    public static Pipeline Pipeline { get; } = TestPipelines.Parse("app", """
        schedule: {cron: "0 2 * * *", zone: Europe/Berlin}
        steps:
          - name: score
            exec: {host: here, command: ["true"]}
          - name: report
            exec: {host: here, command: ["true"]}
        """);

    /// <summary>A new leader: the old one's number counts no more.</summary>
    public long Lead()
    {
        Ledger.Write(sql => sql.Execute("UPDATE lease SET fence = fence + 1, holder = 'test'"));
        return _fence = (long)Ledger.Sql.Scalar("SELECT fence FROM lease")!;
    }

    /// <summary>A process that empties the outbox, as long as the number of its birth counts.</summary>
    public OutboxSender Sender(params (OutboxChannel Channel, IMailTransport Way)[] ways)
    {
        long mine = _fence;
        return new OutboxSender(Ledger, () => mine, Writer, ways.ToDictionary(way => way.Channel, way => way.Way), Time);
    }

    /// <summary>A run that ended, at the clock's time or another, after so many minutes.</summary>
    public RunRow End(
        string slot, RunState state, double minutes = 4.2, JsonObject? score = null, JsonObject? report = null, string? failure = null,
        string? code = null, TimeSpan? promised = null, DateTimeOffset? at = null, bool tell = true)
    {
        DateTimeOffset now = at ?? Time.GetUtcNow(), began = now - TimeSpan.FromMinutes(minutes);
        string id = RunRow.IdOf("app", slot, 1);
        var date = DateOnly.ParseExact(slot[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture);
        RunRow run = new(id, "app", slot, date, 1, RunTrigger.Schedule, RunState.Queued, null, Pipeline.Fingerprint, [], began, began, null,
            null, promised is { } by ? LocalTimes.Instant(Berlin, date, by) : null, null, null, null, null);
        Ledger.Write(sql =>
        {
            Runs.Add(sql, run, Pipeline);
            Runs.Begin(sql, id, began);
            StepState end = state switch { RunState.Failed => StepState.Failed, RunState.Held => StepState.Held, _ => StepState.Succeeded };
            Step(sql, id, "score", end, began, now, score, failure, code);
            bool goesOn = end == StepState.Succeeded;
            Step(sql, id, "report", goesOn ? end : StepState.Skipped, goesOn ? now : null, now, report, null, null);
            bool delivered = state is RunState.Ok or RunState.Late;
            Runs.End(sql, id, state, delivered ? null : $"score: {failure}", delivered ? now : null, now);
            if (tell) News.Ended(sql, Runs.Require(sql, id), Runs.Steps(sql, id));
        });
        return Runs.Require(Ledger.Sql, id);
    }

    public List<OutboxRow> Letters(OutboxState? state = null) => Outbox.List(Ledger.Sql, state, int.MaxValue);

    public void Dispose() => Ledger.Dispose();

    private static void Step(LedgerSql sql, string run, string name, StepState state, DateTimeOffset? from, DateTimeOffset to,
        JsonObject? figures, string? text, string? code) => sql.Execute(
        """
        UPDATE steps SET state = $state, attempt = 1, tries = 1, started = $from, ended = $to, figures = $figures, text = $text,
            code = $code WHERE run = $run AND name = $name
        """,
        ("$run", run), ("$name", name), ("$state", state), ("$from", from), ("$to", to), ("$figures", figures?.ToJsonString()),
        ("$text", text), ("$code", code));
}
