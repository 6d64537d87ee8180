using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Decides which queued runs begin. What cannot begin carries its reason, which <c>why</c> and the page show.</summary>
/// <param name="definitions">What runs go by.</param>
/// <param name="places">How many runs go on at once, over all pipelines.</param>
/// <param name="maintenance">Spans in which nothing begins.</param>
internal sealed class RunQueue(Definitions definitions, int places, IReadOnlyList<Maintenance> maintenance)
{
    /// <summary>Begins what may begin.</summary>
    /// <returns>The runs that were begun.</returns>
    public List<RunRow> Begin(LedgerSql sql, IReadOnlyList<RunRow> open, DateTimeOffset now)
    {
        List<RunRow> begun = [];
        var busy = open.Where(run => run.State == RunState.Running).ToDictionary(run => run.Pipeline, run => run.Id, StringComparer.Ordinal);
        int backfills = open.Count(run => run is { State: RunState.Running, Trigger: RunTrigger.Backfill });
        bool draining = IsDraining(sql);
        foreach (RunRow run in InOrder(open, backfills))
        {
            if (WhyNot(sql, run, busy, draining, now) is { } reason)
            {
                Runs.Wait(sql, run.Id, reason);
                continue;
            }

            Runs.Begin(sql, run.Id, now);
            busy[run.Pipeline] = run.Id;
            begun.Add(run);
        }

        return begun;
    }

    /// <summary>When something here changes by the clock alone: the end of a wait or of a maintenance, or null.</summary>
    public DateTimeOffset? NextChange(IReadOnlyList<RunRow> open, DateTimeOffset now) => open
        .Where(run => run.State == RunState.Queued && run.NotBefore > now).Select(run => run.NotBefore)
        .Concat(maintenance.Where(span => span.Until > now).Select(span => (DateTimeOffset?)span.Until)).Min();

    public static bool IsDraining(LedgerSql sql) =>
        sql.Scalar("SELECT 1 FROM pipelines WHERE name = '*' AND paused IS NOT NULL") is not null;

    /// <summary>Due runs first, then backfills; one place is theirs when they have none, so that a busy night does not starve them.</summary>
    private static IEnumerable<RunRow> InOrder(IReadOnlyList<RunRow> open, int backfills)
    {
        IEnumerable<RunRow> queued = open.Where(run => run.State == RunState.Queued);
        RunRow[] due = [.. queued.Where(run => run.Trigger != RunTrigger.Backfill)];
        RunRow[] backfill = [.. queued.Where(run => run.Trigger == RunTrigger.Backfill)];
        return backfills == 0 ? [.. due.Take(1), .. backfill.Take(1), .. due.Skip(1), .. backfill.Skip(1)] : [.. due, .. backfill];
    }

    private string? WhyNot(
        LedgerSql sql, RunRow run, Dictionary<string, string> busy, bool draining, DateTimeOffset now)
    {
        if (draining) return "the dispatcher drains: nothing begins until `dispatcher resume`";
        if (run.NotBefore is { } begin && begin > now) return $"not before {Moment.Text(begin, definitions.Of(sql, run))}";
        if (maintenance.FirstOrDefault(span => span.From <= now && now < span.Until) is { } span)
            return $"maintenance until {Moment.Text(span.Until)}: {span.Reason}";
        if (run.Trigger != RunTrigger.Manual && PipelineState.PausedTextOf(sql, run.Pipeline) is { } paused) return paused;
        if (busy.TryGetValue(run.Pipeline, out string? other)) return $"{other} goes on";
        return busy.Count >= places ? string.Create(CultureInfo.InvariantCulture, $"all {places} places are taken") : null;
    }
}

/// <summary>A span in which nothing begins.</summary>
internal sealed record Maintenance(DateTimeOffset From, DateTimeOffset Until, string Reason);
