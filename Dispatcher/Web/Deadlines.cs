using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What was promised for a day: begun by, delivered by; kept, missed, in danger, or still ahead.</summary>
internal static class Deadlines
{
    /// <summary>A promise may lie days after the date that it is about.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);

    /// <summary>Those of runs that are there.</summary>
    /// <param name="forecast">When a run that goes on is expected to end.</param>
    public static IEnumerable<DeadlineView> OfRuns(
        LedgerSql sql, DateTimeOffset from, DateTimeOffset until, Func<RunRow, DateTimeOffset?> forecast, DateTimeOffset now)
    {
        List<RunRow> runs = sql.Query(
            $"""
            SELECT {RunRow.Columns} FROM runs WHERE date >= $day AND state <> 'skipped'
                AND (deliver_by >= $from AND deliver_by < $until OR start_by >= $from AND start_by < $until) ORDER BY due, id LIMIT $most
            """,
            RunRow.Read, ("$day", DateOnly.FromDateTime(from.UtcDateTime - Longest)), ("$from", from), ("$until", until),
            ("$most", PageSql.MostRuns));
        foreach (RunRow run in runs)
        {
            if (run.StartBy is { } start && start >= from && start < until)
                yield return Of(run, "start", start, run.Started, run.Ended is null ? null : DateTimeOffset.MaxValue, now);
            if (run.DeliverBy is { } deliver && deliver >= from && deliver < until)
            {
                DateTimeOffset? expected = run.Ended is null ? forecast(run) : DateTimeOffset.MaxValue;
                yield return Of(run, "deliver", deliver, run.Delivered, expected, now);
            }
        }
    }

    /// <summary>Those of firings that have no run yet.</summary>
    public static IEnumerable<DeadlineView> OfPlans(Pipeline pipeline, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        if (pipeline.Schedule is not { } schedule || pipeline.Window is { StartBy: null, DeliverBy: null }) yield break;
        DateTimeOffset first = from - Longest;
        foreach (Firing firing in schedule.Between(first > now ? first : now, until).Take(PageSql.MostRuns))
        {
            foreach ((string what, TimeSpan? by) in new[] { ("start", pipeline.Window.StartBy), ("deliver", pipeline.Window.DeliverBy) })
            {
                if (by is not { } time) continue;
                DateTimeOffset at = LocalTimes.Instant(schedule.Zone, firing.Date, time);
                if (at >= from && at < until)
                    yield return new DeadlineView(pipeline.Name, firing.Slot, null, what, at, DeadlineState.Ahead, null);
            }
        }
    }

    private static DeadlineView Of(
        RunRow run, string what, DateTimeOffset at, DateTimeOffset? done, DateTimeOffset? expected, DateTimeOffset now)
    {
        DeadlineState state = done is { } then ? then <= at ? DeadlineState.Kept : DeadlineState.Missed
            : now > at ? DeadlineState.Missed
            : expected > at ? DeadlineState.InDanger : DeadlineState.Ahead;
        return new DeadlineView(run.Pipeline, run.Slot, run.Id, what, at, state, done);
    }
}

/// <summary>One promise.</summary>
/// <param name="Run">The run's id; null where there is none yet.</param>
/// <param name="What"><c>start</c> or <c>deliver</c>.</param>
/// <param name="Done">When that was; null: not yet.</param>
internal sealed record DeadlineView(
    string Pipeline, string Slot, string? Run, string What, DateTimeOffset At, DeadlineState State, DateTimeOffset? Done);

/// <summary>How a promise stands.</summary>
internal enum DeadlineState
{
    /// <summary>Its time has passed, or it was done after it.</summary>
    Missed,

    /// <summary>It is expected later, or what ran has ended without it.</summary>
    InDanger,
    Ahead,
    Kept,
}
