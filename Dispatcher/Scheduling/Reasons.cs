using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Why a pipeline has not run: everything that keeps it, the nearest first.</summary>
internal static class Reasons
{
    private const int LeftOut = 3;

    public static IReadOnlyList<string> Of(LedgerSql sql, Pipeline pipeline, DateTimeOffset now)
    {
        List<string> reasons = [];
        if (sql.Scalar("SELECT holder FROM lease") is null) reasons.Add("No dispatcher is at work: start one with `dispatcher serve`.");
        if (RunQueue.IsDraining(sql)) reasons.Add("The dispatcher is paused as a whole: nothing begins until `dispatcher resume`.");
        if (PipelineState.PausedTextOf(sql, pipeline.Name) is { } paused) reasons.Add($"It is {paused}.");
        foreach (RunRow run in Runs.Open(sql).Where(run => run.Pipeline == pipeline.Name))
            reasons.Add(run.State == RunState.Running ? $"{run.Id} goes on: {Doing(sql, run, pipeline)}" : $"{run.Id} waits: {run.Reason ?? "for its turn"}.");
        reasons.AddRange(sql.Query(
            "SELECT id, reason FROM runs WHERE pipeline = $pipeline AND state = 'skipped' ORDER BY due DESC LIMIT $count",
            row => $"{row.GetString(0)} was left out: {row.GetString(1)}.", ("$pipeline", pipeline.Name), ("$count", LeftOut)));
        reasons.Add(Next(pipeline, now));
        return reasons;
    }

    private static string Doing(LedgerSql sql, RunRow run, Pipeline pipeline)
    {
        List<StepRow> steps = Runs.Steps(sql, run.Id);
        string running = string.Join(", ", steps.Where(step => step.State == StepState.Running).Select(step => step.Name));
        if (running.Length > 0) return $"at {running}.";
        StepRow? again = steps.Where(step => step.NotBefore is not null).MinBy(step => step.NotBefore);
        return again is null ? "between two steps." : $"{again.Name} is tried again at {Moment.Text(again.NotBefore!.Value, pipeline)}: {again.Text}";
    }

    private static string Next(Pipeline pipeline, DateTimeOffset now)
    {
        if (pipeline.Schedule is not { } schedule) return "It has no schedule: it runs when somebody asks (`dispatcher run`).";
        return schedule.Next(now) is { } firing
            ? $"It is due next at {Moment.Text(firing.Due, schedule.Zone)} ({schedule.Zone.Id})."
            : $"Its schedule '{schedule.Text}' is not due in the next five years.";
    }
}
