using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Reads what pages show: the ledger by a connection of its own, and the timetable.</summary>
internal sealed class PageReader(
    Ledger.Ledger ledger, TimetableFolder timetable, IReadOnlyList<Maintenance> maintenance, TimeProvider time) : IDisposable
{
    /// <summary>Dates on one page.</summary>
    public const int Columns = 30;

    /// <summary>Letters on the page of mail.</summary>
    private const int Letters = 100;

    private readonly Lock _gate = new();
    private readonly LeaderWatch _leader = new(time);

    public TimeProvider Time => time;

    /// <summary>One look at everything: the connection is for one thread at a time.</summary>
    public T Read<T>(Func<LedgerSql, T> look)
    {
        lock (_gate)
        {
            timetable.Refresh();
            return look(ledger.Sql);
        }
    }

    /// <summary>What people ask for by the page.</summary>
    public void Ask(Action<Requests> wish) => Ask(requests =>
    {
        wish(requests);
        return true;
    });

    /// <summary>The same, with an answer.</summary>
    public T Ask<T>(Func<Requests, T> wish)
    {
        lock (_gate)
        {
            timetable.Refresh();
            return wish(new Requests(ledger, timetable.Definitions, time));
        }
    }

    public HomeView Home() => Read(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        Dictionary<string, string> paused = Paused(sql);
        PipelineLine[] lines =
        [
            .. timetable.Definitions.Current.Values.Select(pipeline => Line(sql, pipeline, paused, now))
                .OrderBy(Rank).ThenBy(line => line.Name, StringComparer.Ordinal),
        ];
        return new HomeView(now, Troubles(sql), lines);
    });

    /// <summary>A pipeline's page.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="until">The newest date that is shown; null: the newest there is.</param>
    public PipelineView Pipeline(string name, DateOnly? until) => Read(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        Pipeline pipeline = Find(name);
        List<RunRow> runs = PageSql.Newest(sql, name, until ?? DateOnly.MaxValue, Columns + 1);
        RunColumn[] columns = [.. runs.Take(Columns).Select(run => new RunColumn(run, Runs.Steps(sql, run.Id)))];
        string[] steps =
        [
            .. pipeline.Steps.Select(step => step.Name)
                .Concat(columns.SelectMany(column => column.Steps).Select(step => step.Name)).Distinct(StringComparer.Ordinal),
        ];
        List<TimeSpan> took = Forecast.Durations(sql, name);
        return new PipelineView(
            Line(sql, pipeline, Paused(sql), now), Reasons.Of(sql, pipeline, now), steps, columns,
            runs.Count > Columns ? runs[Columns].Date : null,
            until is { } date ? PageSql.PageAfter(sql, name, date, Columns) : null,
            took.Count == 0 ? null : took[took.Count / 2].TotalSeconds, Year(sql, pipeline, now));
    });

    /// <summary>A run's page.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_UNKNOWN</c>.</exception>
    public RunView Run(string id) => Read(sql =>
    {
        RunRow run = Runs.Require(sql, id);
        ILookup<string, AttemptView> attempts = PageSql.Attempts(sql, id);
        return new RunView(
            run, [.. Runs.Steps(sql, id).Select(step => new StepView(step, [.. attempts[step.Name]]))], ForecastOf(sql, run),
            PageSql.Alarms(sql, id), PageSql.Audit(sql, id), PageSql.Revisions(sql, run));
    });

    /// <summary>The definition that a run goes by.</summary>
    public Pipeline DefinitionOf(RunRow run) => Read(sql => timetable.Definitions.Of(sql, run));

    /// <summary>The pipeline as it is now, or null.</summary>
    public Pipeline? FindOrNull(string name) => timetable.Definitions.Current.GetValueOrDefault(name);

    /// <summary>A day over all pipelines.</summary>
    /// <param name="asked">Which; null: today.</param>
    /// <exception cref="BatchScoringException"><c>REQUEST_INVALID</c>.</exception>
    public TodayView Today(DateOnly? asked) => Read(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        TimeZoneInfo zone = timetable.Definitions.Current.Values.Select(pipeline => pipeline.Schedule?.Zone).OfType<TimeZoneInfo>()
            .GroupBy(zone => zone.Id, StringComparer.Ordinal).MaxBy(group => group.Count())?.First() ?? TimeZoneInfo.Utc;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        DateOnly date = asked ?? today;
        Requests.CheckYear(date);
        DateTimeOffset from = LocalTimes.Instant(zone, date, TimeSpan.Zero);
        DateTimeOffset until = LocalTimes.Instant(zone, date.AddDays(1), TimeSpan.Zero);
        ILookup<string, TodayRun> runs = PageSql.Touching(sql, from, until)
            .ToLookup(run => run.Pipeline, run => new TodayRun(run, ForecastOf(sql, run)), StringComparer.Ordinal);
        TodayLine[] lines =
        [
            .. timetable.Definitions.Current.Values.OrderBy(pipeline => pipeline.Name, StringComparer.Ordinal)
                .Select(pipeline => new TodayLine(
                    pipeline.Name, Planned(pipeline, from > now ? from : now, until), [.. runs[pipeline.Name]]))
                .Where(line => line.Planned.Count + line.Runs.Count > 0),
        ];
        DeadlineView[] deadlines =
        [
            .. Deadlines.OfRuns(sql, from, until, run => ForecastOf(sql, run)?.End, now)
                .Concat(timetable.Definitions.Current.Values.SelectMany(pipeline => Deadlines.OfPlans(pipeline, from, until, now)))
                .OrderBy(deadline => deadline.State).ThenBy(deadline => deadline.At)
                .ThenBy(deadline => deadline.Pipeline, StringComparer.Ordinal),
        ];
        return new TodayView(now, zone.Id, date, today, from, until, lines, deadlines);
    });

    public QueueView Queue() => Read(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        List<RunRow> open = Runs.Open(sql);
        return new QueueView(
            now, RunQueue.IsDraining(sql),
            [.. open.Where(run => run.State == RunState.Running).Select(run => new RunColumn(run, Runs.Steps(sql, run.Id)))],
            [.. open.Where(run => run.State == RunState.Queued)], [.. maintenance.Where(span => span.Until > now)]);
    });

    public MailView Mail() => Read(sql =>
    {
        (int dead, int waiting) = Outbox.Trouble(sql);
        return new MailView(time.GetUtcNow(), dead, waiting, Outbox.List(sql, null, Letters));
    });

    /// <summary>A letter that was given up is tried again.</summary>
    public void Revive(long letter, Asker asker)
    {
        lock (_gate)
        {
            ledger.Write(sql =>
            {
                if (Outbox.Revive(sql, letter, time.GetUtcNow()) > 0)
                    Runs.Audit(sql, time.GetUtcNow(), asker.Who, $"retry letter {letter}", null, null, asker.Reason);
            });
        }
    }

    /// <summary>What a banner shows, worst first.</summary>
    public IReadOnlyList<string> Troubles(LedgerSql sql)
    {
        List<string> troubles = [];
        if (_leader.Trouble(sql) is { } leader) troubles.Add(leader);
        if (ClockWatch.Last(sql, time.GetUtcNow()) is { } set) troubles.Add($"{set.Text} Seen at {Moment.Text(set.At)}.");
        troubles.AddRange(PageSql.OpenAlarms(sql).Select(alarm => $"{alarm.Run}: {alarm.Text}"));
        (int dead, int waiting) = Outbox.Trouble(sql);
        if (dead > 0) troubles.Add($"Letters that were given up: {dead}. See Mail.");
        if (waiting > 0) troubles.Add($"Letters that do not leave: {waiting}. See Mail.");
        if (timetable.Mistakes.Count > 0)
            troubles.Add($"Mistakes in pipeline files: {timetable.Mistakes.Count}. The first: {timetable.Mistakes[0]}");
        if (RunQueue.IsDraining(sql)) troubles.Add("The dispatcher is paused as a whole: nothing begins until it is resumed.");
        return troubles;
    }

    /// <summary>Null: somebody leads.</summary>
    public string? LeaderTrouble() => Read(_leader.Trouble);

    public void Dispose() => ledger.Dispose();

    /// <summary>What wants a person comes first.</summary>
    private static int Rank(PipelineLine line) => line.Last?.State switch
    {
        RunState.Failed => 0,
        RunState.Held => 1,
        RunState.Running when line.Forecast is { } forecast && forecast.End > line.DeliverBy => 2,
        RunState.Late => 3,
        RunState.Cancelled => 4,
        _ when line.Paused is not null => 5,
        RunState.Running => 6,
        RunState.Queued => 7,
        RunState.Skipped => 8,
        _ => 9,
    };

    private static PlannedView[] Planned(Pipeline pipeline, DateTimeOffset after, DateTimeOffset until)
    {
        if (pipeline.Schedule is not { } schedule) return [];
        return
        [
            .. schedule.Between(after, until).Take(200).Select(firing => new PlannedView(
                firing.Due, pipeline.Window.DeliverBy is { } by ? LocalTimes.Instant(schedule.Zone, firing.Date, by) : null)),
        ];
    }

    /// <summary>The pipeline as it is now.</summary>
    /// <exception cref="BatchScoringException"><c>PIPELINE_UNKNOWN</c>.</exception>
    public Pipeline Find(string name) => FindOrNull(name) ?? throw new BatchScoringException(LedgerErrors.PipelineUnknown,
        $"There is no pipeline '{name}'.{Similar.Hint(name, timetable.Definitions.Current.Keys)}");

    private PipelineLine Line(LedgerSql sql, Pipeline pipeline, Dictionary<string, string> paused, DateTimeOffset now)
    {
        List<RunRow> recent = PageSql.Newest(sql, pipeline.Name, DateOnly.MaxValue, Columns);
        RunRow? last = recent.FirstOrDefault();
        Firing? next = pipeline.Schedule?.Next(now);
        DateTimeOffset? planned = next is { } due && pipeline.Window.DeliverBy is { } by
            ? LocalTimes.Instant(pipeline.Schedule!.Zone, due.Date, by)
            : null;
        return new PipelineLine(
            pipeline.Name, pipeline.Description, pipeline.Schedule?.Text, Moment.ZoneOf(pipeline).Id, last, next?.Due,
            last is { Ended: null, DeliverBy: { } promised } ? promised : planned, last is null ? null : ForecastOf(sql, last),
            paused.GetValueOrDefault(pipeline.Name), recent);
    }

    private ForecastView? ForecastOf(LedgerSql sql, RunRow run) =>
        run.Ended is null && Forecast.Of(sql, timetable.Definitions.Of(sql, run), run, time.GetUtcNow()) is { } forecast
            ? new ForecastView(forecast.End, forecast.Spread.TotalSeconds)
            : null;

    private static Dictionary<string, string> Paused(LedgerSql sql) => sql.Query(
        "SELECT name, paused_by, paused_reason FROM pipelines WHERE paused IS NOT NULL",
        row => (row.GetString(0), PipelineState.PausedTextAt(row, 1)))
        .ToDictionary(StringComparer.Ordinal);

    private static List<DayView> Year(LedgerSql sql, Pipeline pipeline, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, Moment.ZoneOf(pipeline)).DateTime);
        List<DayView> days = PageSql.Days(sql, pipeline.Name, today.AddDays(-364));
        if (pipeline.Schedule is { } schedule)
        {
            days.AddRange(schedule.Between(now, now.AddDays(28)).Select(firing => firing.Date).Distinct()
                .Where(date => days.TrueForAll(day => day.Date != date)).Select(date => new DayView(date, null)).ToArray());
        }

        return days;
    }
}
