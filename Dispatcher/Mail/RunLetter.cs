using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>What a letter says of a run that has ended: the verdict, the figures of the morning, why, and what to do.</summary>
/// <param name="run">The run.</param>
/// <param name="steps">Its steps.</param>
/// <param name="past">Runs of the same pipeline that ended before, oldest first.</param>
/// <param name="zone">The zone of the pipeline's promises.</param>
/// <param name="page">The run's page, or null.</param>
internal sealed class RunLetter(
    RunRow run, IReadOnlyList<StepRow> steps, IReadOnlyList<PastRun> past, TimeZoneInfo zone, Uri? page)
{
    private readonly RunFigures _figures = RunFigures.Of(steps);

    private bool Delivers => run.State is RunState.Ok or RunState.Late;

    private TimeSpan Took => (run.Ended - (run.Started ?? run.Ended)) ?? TimeSpan.Zero;

    /// <summary>The step that decided a bad end.</summary>
    private StepRow? Culprit => steps.Where(step => step.State == (run.State == RunState.Held ? StepState.Held : StepState.Failed))
        .MinBy(step => step.Ended);

    /// <summary><c>[OK] app · 2026-11-28 · 24,310 rows · 4 min 12 s</c>.</summary>
    public string Subject => $"[{Word}] {run.Pipeline} · {run.Slot} · {Counted} · {Figures.Duration(Took)}".Replace(Figures.Space, ' ');

    private string Word => run.State.ToString().ToUpperInvariant();

    /// <summary>Never a bare success: where no rows are known, what is known.</summary>
    private string Counted =>
        _figures.RowsOut is { } rows && Delivers ? $"{Figures.Count(rows)} rows"
        : _figures.RowsRead is { } read ? $"{Figures.Count(read)} rows read"
        : FormattableString.Invariant($"{steps.Count(step => step.State == StepState.Succeeded)} of {steps.Count} steps done");

    public Draft Create() => new(
        run.State switch
        {
            RunState.Ok => DraftTone.Ok,
            RunState.Late => DraftTone.Late,
            RunState.Held => DraftTone.Held,
            _ => DraftTone.Failed,
        },
        Word, Headline(),
        $"{run.Pipeline} · run date {run.Slot} · revision {run.Revision} · took {Figures.Duration(Took)} · {Trigger}",
        [.. Parts()]);

    private string Trigger => run.Trigger switch
    {
        RunTrigger.Schedule => "by the timetable",
        RunTrigger.CatchUp => "by the timetable, caught up",
        RunTrigger.Manual => "asked for by a person",
        _ => "a backfill",
    };

    private string Headline()
    {
        string what = _figures.RowsOut is { } rows ? $"{Figures.Count(rows)} rows {_figures.OutIs}" : Counted;
        if (Delivers) return $"{what}, {Promise()}";
        string cause = Culprit is { } step ? $"{step.Name}: {FirstLine(step.Text)}" : FirstLine(run.Reason);
        return cause + (run.DeliverBy is null ? "" : $" Nothing was delivered; promised was {Time(run.DeliverBy.Value)} ({zone.Id}).");
    }

    /// <summary>Kept, or by how much missed.</summary>
    private string Promise()
    {
        DateTimeOffset done = run.Delivered ?? run.Ended ?? run.Due;
        return run.DeliverBy is { } promise
            ? $"delivered at {Time(done)}, {Span((promise - done).Duration())} {(done <= promise ? "before" : "after")} the promised "
                + $"{Time(promise)} ({zone.Id})."
            : $"delivered at {Time(done)} ({zone.Id}); no time was promised.";
    }

    private IEnumerable<DraftPart> Parts()
    {
        yield return new DraftFigures([.. Numbers()]);
        if (!Delivers) foreach (DraftPart part in Trouble()) yield return part;
        if (run.Short is { } shorter) yield return new DraftWords("Short of time", [shorter]);
        if (_figures.Report is { Warnings: { Count: > 0 } warnings })
            yield return new DraftWords("Mind", [.. warnings.Take(10).Select(Shorten)]);
        if (_figures.Report is { Today: { } today }) yield return new DraftTable(today.ToTable());
        foreach (ReportTable table in (_figures.Report?.Decisions ?? []).Where(table => !table.IsNote)) yield return new DraftTable(table);
        if (_figures.Report?.Rows is { SetAsideTotal: > 0 } rows) yield return new DraftTable(SetAside(rows));
        yield return new DraftTable(StepTable());
        yield return new DraftChart("durations", Durations());
        foreach (Chart chart in (_figures.Report?.Charts ?? []).Where(chart => chart is HistogramChart or RocChart).Take(2))
            yield return new DraftChart(chart is RocChart ? "roc" : "scores", chart);
        yield return new DraftLinks([.. Links()]);
    }

    private IEnumerable<DraftFigure> Numbers()
    {
        if (_figures.RowsRead is { } read) yield return new DraftFigure("Rows read", Figures.Count(read));
        if (_figures.RowsOut is { } rows && Delivers)
            yield return new DraftFigure($"Rows {_figures.OutIs}", Figures.Count(rows), Change(rows));
        if (_figures is { RowsSetAside: { } aside, RowsRead: > 0 and var all })
            yield return new DraftFigure("Set aside", Figures.Count(aside), Figures.Percent(aside / (double)all));
        string? usual = Durations().Usual is { } seconds ? $"usual {Figures.Duration(TimeSpan.FromSeconds(seconds))}" : null;
        yield return new DraftFigure("Took", Figures.Duration(Took), usual);
        foreach (ReportMetric metric in (_figures.Report?.Metrics ?? []).Take(2))
            yield return new DraftFigure(metric.Name, metric.Glance, metric.Interval);
        if (_figures.Report?.Decisions.FirstOrDefault(table => table is { Title: "Stability", Rows.Count: > 0 }) is { } stability)
            yield return new DraftFigure("PSI of scores", stability.Rows[0].Cells[1], $"against {stability.Rows[0].Cells[0]}");
    }

    private string? Change(long rows) =>
        past.LastOrDefault(earlier => earlier.Rows is > 0) is not { Rows: { } before } last ? null
        : rows == before ? $"as many as on {Short(last.Slot)}"
        : string.Create(CultureInfo.InvariantCulture, $"{100.0 * (rows - before) / before:+0.0;−0.0} % against {Short(last.Slot)}");

    /// <summary>The cause, the last lines of the log, and what a person does now.</summary>
    private IEnumerable<DraftPart> Trouble()
    {
        if (Culprit is not { } step)
        {
            if (run.Reason is { } reason) yield return new DraftWords("What happened", [reason]);
            yield break;
        }

        string[] lines = (step.Text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string code = step.Code is null ? "" : $" with {step.Code}";
        string tries = step.Tries > 1 ? string.Create(CultureInfo.InvariantCulture, $", in try {step.Tries}") : "";
        string when = step.Ended is { } ended ? $" at {Time(ended)}" : "";
        yield return new DraftWords("What happened",
            [$"Step {step.Name} {(run.State == RunState.Held ? "is held" : "failed")}{code}{when}{tries}."]);
        if (lines.Length > 1) yield return new DraftLog("Last lines of its log", [.. lines.Skip(1).TakeLast(20).Select(Shorten)]);
        yield return new DraftWords("What to do", run.State == RunState.Held
            ? ["Nothing was published. Look at the rows that were set aside and at the report, and decide: have the input repaired and "
                + "delivered again, or release the result as it is (batch-score … --release REASON), then retry this run."]
            : ["Repair the cause, then retry the run: it goes on from the step that failed. Nothing that was done is done twice."]);
        yield return new DraftLinks(
        [
            ("The whole log", $"dispatcher logs {run.Id} --step {step.Name}"),
            ("Try again", $"dispatcher retry {run.Id}"),
        ]);
    }

    private static ReportTable SetAside(RowCounts rows) => new(
        "Rows set aside", [new("Why"), new("Rows", true)],
        [.. rows.SetAsideAtAGlance.Select(count => new ReportRow(
            [string.Join(": ", new[] { count.Reason ?? count.Code, count.Column }.OfType<string>()), Figures.Count(count.Rows)]))]);

    private ReportTable StepTable() => new(
        "Steps", [new("Step"), new("End"), new("Began"), new("Took", true), new("Tries", true)],
        [.. steps.Select(step => new ReportRow(
        [
            step.Name, step.State.Word(), step.Started is null ? "—" : Clock(step.Started.Value),
            step is { Started: { } from, Ended: { } to } ? Figures.Duration(to - from) : "—",
            step.Tries.ToString(CultureInfo.InvariantCulture),
        ]))]);

    private DurationChart Durations() => new()
    {
        Title = past.Count == 0 ? "Duration" : string.Create(CultureInfo.InvariantCulture, $"Durations of the last {past.Count + 1} runs"),
        Runs =
        [
            .. past.Select(earlier => new DurationBar(Short(earlier.Slot), earlier.Took.TotalSeconds,
                earlier.State is not RunState.Ok)),
            new DurationBar(Short(run.Slot), Took.TotalSeconds, run.State != RunState.Ok),
        ],
        Promised = run is { DeliverBy: { } promise, Started: { } started } && promise > started ? (promise - started).TotalSeconds : null,
    };

    private IEnumerable<(string, string)> Links()
    {
        if (page is not null) yield return ("Run", page.ToString());
        yield return ("Run id", run.Id);
        foreach (ReportLink link in _figures.Report?.Links ?? []) yield return (link.Label, link.Location);
    }

    private string Time(DateTimeOffset instant)
    {
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).Date);
        return day == run.Date ? Clock(instant) : $"{Figures.IsoDay(day)} {Clock(instant)}";
    }

    /// <summary>Seconds are of no interest beside minutes.</summary>
    private static string Span(TimeSpan span) => span < TimeSpan.FromMinutes(1) || span >= TimeSpan.FromHours(1)
        ? Figures.Duration(span)
        : string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0}{Figures.Space}min");

    private string Clock(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Short(string slot) => slot.Length > 5 ? slot[5..] : slot;

    private static string FirstLine(string? text) => Shorten((text ?? "no reason is known").Split('\n')[0].Trim());

    private static string Shorten(string line) => line.Length <= 300 ? line : line[..300] + "…";
}

/// <summary>A run that has ended, as the history of a pipeline shows it.</summary>
internal sealed record PastRun(string Slot, RunState State, TimeSpan Took, long? Rows);
