using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Dispatcher.Web;
using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BatchScoring.Tests.Dispatch.Web;

/// <summary>A status page over a ledger with a history that is known.</summary>
internal sealed class SampleSite : IAsyncDisposable
{
    public const string Token = "a-token-of-the-tests-0123456789";

    /// <summary>A text that would be markup, were it not encoded.</summary>
    public const string Hostile = "<script>alert(1)</script>\"'&";

    private const string Steps = """
        steps:
        - {name: upload, exec: {command: "true"}}
        - {name: score, exec: {command: "true"}, retries: {count: 1}}
        - {name: evaluate, exec: {command: "true"}}
        - {name: clean, when: always, exec: {command: "true"}}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly Ledger _ledger;
    private readonly TimetableFolder _timetable;
    private readonly HostRegistry _hosts;
    private readonly PageReader _reader;
    private WebServer? _server;

    /// <param name="page">Further keys of the page in dispatcher.yaml.</param>
    public SampleSite(int pipelines = 4, bool token = true, string page = "")
    {
        Directory.CreateDirectory(_folder.File("pipelines"));
        File.WriteAllText(_folder.File("page.token"), Token + "\n");
        File.WriteAllText(_folder.File("dispatcher.yaml"),
            "maintenance: [{from: 2027-07-01 18:00, until: 2027-07-02 06:00, zone: Europe/Berlin, reason: New switches}]\n"
            + $"name: scoring\npage: {{listen: \"127.0.0.1:0\"{(token ? ", token_file: page.token" : "")}{page}}}\n");
        for (int i = 0; i < pipelines; i++)
        {
            File.WriteAllText(_folder.File("pipelines", NameOf(i) + ".yaml"), $$"""
                description: 'Scores {{i}} {{Hostile.Replace("'", "''", StringComparison.Ordinal)}}'
                schedule: {cron: "{{(i * 7) % 60}} {{2 + (i % 3)}} * * *", zone: Europe/Berlin}
                window: {deliver_by: "08:30"}
                parameters: {limit: "100"}
                {{Steps}}
                """);
        }

        DispatcherSettings settings = DispatcherFile.Load(_folder.File("dispatcher.yaml"));
        _hosts = new HostRegistry(settings.Hosts.Select(host => HostRegistry.Create(host, Time)));
        _timetable = new TimetableFolder(settings, StepKinds.Create(_hosts, settings, Time));
        _timetable.Refresh();
        _timetable.Mistakes.ShouldBeEmpty();
        _ledger = Ledger.Open(settings.Ledger);
        _ledger.Write(sql => sql.Execute("UPDATE lease SET holder = 'here', fence = 7"));
        _reader = new PageReader(Ledger.Open(settings.Ledger), _timetable, settings.Maintenance, Time);
        Settings = settings;
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 28, 4, 30, 0, TimeSpan.Zero));

    public DispatcherSettings Settings { get; }

    /// <summary>Where its dispatcher.yaml lies.</summary>
    public string Folder => _folder.Path;

    public Ledger Ledger => _ledger;

    public HttpClient Client { get; private set; } = null!;

    public static string NameOf(int index) => index == 0 ? "app" : string.Create(CultureInfo.InvariantCulture, $"line-{index:00}");

    /// <summary>Gives a step the answer of a job that made a report.</summary>
    public void AddReport(string run, string step, Report report) => _ledger.Write(sql => sql.Execute(
        "UPDATE steps SET figures = $figures WHERE run = $run AND name = $step",
        ("$figures", $$"""{"runs": [{"report": {{JsonReport.Create(report)}}}]}"""),
        ("$run", run), ("$step", step)));

    /// <summary>Where an attempt's log lies, as a job of this machine leaves it; empty so far.</summary>
    public string LogFile(string run, string step, int attempt)
    {
        string folder = _folder.File("dispatcher-jobs", run, string.Create(CultureInfo.InvariantCulture, $"{run}.{step}.{attempt}"));
        Directory.CreateDirectory(Path.Combine(folder, "begun"));
        File.WriteAllText(Path.Combine(folder, "log"), "");
        return Path.Combine(folder, "log");
    }

    public async Task StartAsync()
    {
        var site = new WebSite(Settings, _reader, new StepLogs(_hosts, _reader, Time), new Access(Settings.Page, Time));
        _server = await WebServer.StartAsync(site, CancellationToken.None);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = _server.Address,
        };
    }

    /// <summary>Days of history for every pipeline, some of them bad, in a known order; the first runs now, the second waits.</summary>
    public void AddHistory(int days) => _ledger.Write(sql =>
    {
        var today = new DateOnly(2026, 11, 28);
        foreach (Pipeline pipeline in _timetable.Definitions.Current.Values)
        {
            _timetable.Definitions.Keep(sql, pipeline, Time.GetUtcNow());
            for (int ago = days; ago > 0; ago--) Add(sql, pipeline, today.AddDays(-ago), StateOf(ago));
        }

        if (days == 0) return;
        Add(sql, _timetable.Definitions.Current["app"], today, RunState.Running);
        Add(sql, _timetable.Definitions.Current["line-01"], today, RunState.Queued);
        Runs.Alarm(sql, "app.2026-11-28.r1", "late", $"It will not be done in time {Hostile}", Time.GetUtcNow());
        Runs.Audit(sql, Time.GetUtcNow(), "jane", "retry score", "app", "app.2026-11-28.r1", $"disk was full {Hostile}");
    });

    public async ValueTask DisposeAsync()
    {
        Client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _reader.Dispose();
        _ledger.Dispose();
        await _hosts.DisposeAsync();
        _folder.Dispose();
    }

    private static RunState StateOf(int ago) => ago switch
    {
        _ when ago % 17 == 3 => RunState.Failed,
        _ when ago % 11 == 2 => RunState.Late,
        _ when ago % 29 == 5 => RunState.Held,
        _ when ago % 23 == 7 => RunState.Skipped,
        _ => RunState.Ok,
    };

    private void Add(LedgerSql sql, Pipeline pipeline, DateOnly date, RunState state)
    {
        DateTimeOffset due = pipeline.Schedule!.Between(
            LocalTimes.Instant(pipeline.Schedule.Zone, date, TimeSpan.Zero), DateTimeOffset.MaxValue).First().Due;
        bool over = state is not (RunState.Running or RunState.Queued);
        string slot = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var took = TimeSpan.FromMinutes(90 + (date.Day * 2));
        string? reason = state == RunState.Queued ? "app.2026-11-28.r1 goes on" : state == RunState.Skipped ? "paused by jane: move" : null;
        var run = new RunRow(
            RunRow.IdOf(pipeline.Name, slot, 1), pipeline.Name, slot, date, 1, RunTrigger.Schedule, state, reason, pipeline.Fingerprint, [],
            due, due, null, null, LocalTimes.Instant(pipeline.Schedule.Zone, date, pipeline.Window.DeliverBy!.Value),
            state is RunState.Queued or RunState.Skipped ? null : due, over ? due + took : null,
            state is RunState.Ok or RunState.Late ? due + took : null, null);
        Runs.Add(sql, run, pipeline);
        if (state is RunState.Queued or RunState.Skipped) return;
        AddSteps(sql, run, took);
    }

    private static void AddSteps(LedgerSql sql, RunRow run, TimeSpan took)
    {
        DateTimeOffset at = run.Started!.Value;
        (string Step, StepState State)[] steps =
        [
            ("upload", StepState.Succeeded),
            ("score", run.State switch
            {
                RunState.Running => StepState.Running,
                RunState.Failed => StepState.Failed,
                _ => StepState.Succeeded,
            }),
        ];
        foreach ((string step, StepState state) in steps)
        {
            DateTimeOffset end = at + (took / 2);
            string text = state == StepState.Failed
                ? $"Exit code 65: the table has no column LIMIT_BAL {Hostile}"
                : "40 % of 2,000,000 rows";
            sql.Execute(
                """
                UPDATE steps SET state = $state, attempt = 1, tries = 1, started = $at, ended = $end, code = $code, text = $text,
                    figures = $figures WHERE run = $run AND name = $step
                """,
                ("$state", state), ("$at", at), ("$end", state == StepState.Running ? null : end), ("$text", text), ("$run", run.Id),
                ("$step", step), ("$code", state == StepState.Failed ? "INPUT_SCHEMA" : null),
                ("$figures", new JsonObject { ["rows"] = 2_000_000, ["auc"] = 0.7706 }.ToJsonString()));
            sql.Execute(
                "INSERT INTO attempts VALUES ($run, $step, 1, 7, $state, $at, $end, 'application_1_0001', 0.4, NULL, $text)",
                ("$run", run.Id), ("$step", step), ("$state", state), ("$at", at), ("$end", state == StepState.Running ? null : end),
                ("$text", text));
            at = end;
        }

        if (run.Ended is null) return;
        sql.Execute(
            "UPDATE steps SET state = $state, ended = $end WHERE run = $run AND name = 'evaluate'",
            ("$state", run.State == RunState.Failed ? StepState.Skipped : StepState.Succeeded), ("$end", run.Ended), ("$run", run.Id));
        sql.Execute(
            "UPDATE steps SET state = 'succeeded', ended = $end WHERE run = $run AND name = 'clean'",
            ("$end", run.Ended), ("$run", run.Id));
    }
}
