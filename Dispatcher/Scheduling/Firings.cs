using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Turns the timetable into runs. Time moves one way here: what was considered once is never considered again, and a slot that has a row
/// gets no second one, so clocks that go back, edits and pauses cannot make an extra run.
/// </summary>
internal sealed class Firings(Definitions definitions)
{
    /// <summary>A firing that is looked at later than this was missed: the dispatcher was away.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Of more skipped firings of one absence than this, only the last get a row.</summary>
    private const int MostSkippedRows = 1000;

    private readonly Dictionary<string, (string Fingerprint, DateTimeOffset? Next)> _next = new(StringComparer.Ordinal);

    /// <summary>The earliest firing that is still to come, or null. A pipeline that was taken off the timetable has none.</summary>
    public DateTimeOffset? Next => definitions.Current.Keys
        .Min(name => _next.TryGetValue(name, out (string Fingerprint, DateTimeOffset? Next) known) ? known.Next : null);

    /// <summary>True where <see cref="Consider"/> has something to do.</summary>
    public bool IsDue(DateTimeOffset now) => definitions.Current.Values.Any(pipeline => IsDue(pipeline, now));

    /// <summary>Writes a row for every firing up to now.</summary>
    public void Consider(LedgerSql sql, DateTimeOffset now)
    {
        foreach (Pipeline pipeline in definitions.Current.Values.Where(pipeline => IsDue(pipeline, now)))
        {
            var state = PipelineState.Of(sql, pipeline, now);
            if (pipeline.Schedule is { } schedule && now > state.Considered)
            {
                Fire(sql, pipeline, state, [.. schedule.Between(state.Considered, now).TakeLast(MostSkippedRows)], now);
                PipelineState.MarkConsidered(sql, pipeline, now);
            }

            DateTimeOffset from = now > state.Considered ? now : state.Considered;
            _next[pipeline.Name] = (pipeline.Fingerprint, pipeline.Schedule?.Next(from)?.Due);
        }
    }

    /// <summary>The row of a firing, without the window's alarms: what the timetable, a person or a backfill asks for.</summary>
    public static RunRow Row(
        Pipeline pipeline, Firing firing, int revision, RunTrigger trigger, RunState state, string? reason, JsonObject parameters,
        DateTimeOffset now) => new(
        RunRow.IdOf(pipeline.Name, firing.Slot, revision), pipeline.Name, firing.Slot, firing.Date, revision, trigger, state, reason,
        pipeline.Fingerprint, parameters, firing.Due, now, Instant(pipeline, firing, pipeline.Window.NotBefore),
        Instant(pipeline, firing, pipeline.Window.StartBy), Instant(pipeline, firing, pipeline.Window.DeliverBy), null,
        state == RunState.Skipped ? now : null, null, null);

    private static DateTimeOffset? Instant(Pipeline pipeline, Firing firing, TimeSpan? sinceMidnight) =>
        sinceMidnight is { } span && pipeline.Schedule is { } schedule
            ? LocalTimes.Instant(schedule.Zone, firing.Date, span)
            : null;

    private bool IsDue(Pipeline pipeline, DateTimeOffset now) =>
        !_next.TryGetValue(pipeline.Name, out (string Fingerprint, DateTimeOffset? Next) known)
        || known.Fingerprint != pipeline.Fingerprint || known.Next <= now;

    private void Fire(LedgerSql sql, Pipeline pipeline, PipelineState state, List<Firing> firings, DateTimeOffset now)
    {
        if (firings.Count == 0) return;
        definitions.Keep(sql, pipeline, now);
        List<Firing> missed = firings.FindAll(firing => firing.Due <= now - Grace);
        foreach ((int index, Firing firing) in missed.Index())
        {
            string? skip = state.PausedText ?? (missed.Count - index > pipeline.CatchUp ? AwayText(state, pipeline, now) : null);
            Add(sql, pipeline, firing, RunTrigger.CatchUp, skip, now);
        }

        foreach (Firing firing in firings.Skip(missed.Count))
            Add(sql, pipeline, firing, RunTrigger.Schedule, state.PausedText ?? OverlapText(sql, pipeline), now);
    }

    private static void Add(LedgerSql sql, Pipeline pipeline, Firing firing, RunTrigger trigger, string? skip, DateTimeOffset now)
    {
        if (Runs.Exists(sql, pipeline.Name, firing.Slot)) return;
        if (trigger == RunTrigger.Schedule && skip is null) SkipWaiting(sql, pipeline, firing, now);
        Runs.Add(sql, Row(pipeline, firing, 1, trigger, skip is null ? RunState.Queued : RunState.Skipped, skip, [], now), pipeline);
    }

    private static string AwayText(PipelineState state, Pipeline pipeline, DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture,
        $"missed: no dispatcher looked between {Moment.Text(state.Considered, pipeline)} and {Moment.Text(now, pipeline)}, and catch_up is {pipeline.CatchUp}");

    private static string? OverlapText(LedgerSql sql, Pipeline pipeline) =>
        pipeline.Overlap == Overlap.Skip && OpenOf(sql, pipeline).FirstOrDefault() is { } other
            ? $"{other.Id} went on (overlap: skip)"
            : null;

    /// <summary>One firing waits, the newest.</summary>
    private static void SkipWaiting(LedgerSql sql, Pipeline pipeline, Firing firing, DateTimeOffset now)
    {
        foreach (RunRow waiting in OpenOf(sql, pipeline).Where(run => run is { State: RunState.Queued, Trigger: RunTrigger.Schedule }))
        {
            Runs.Skip(sql, waiting.Id, $"it still waited when {firing.Slot} was due (overlap: queue keeps one)", now);
        }
    }

    private static IEnumerable<RunRow> OpenOf(LedgerSql sql, Pipeline pipeline) =>
        Runs.Open(sql).Where(run => run.Pipeline == pipeline.Name);
}
