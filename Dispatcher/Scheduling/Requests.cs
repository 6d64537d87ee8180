using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// What people ask for, from the command line and the page. Every wish is written with who and why; the leader sees it at its next look,
/// wherever it runs.
/// </summary>
internal sealed class Requests(Ledger.Ledger ledger, Definitions definitions, TimeProvider time)
{
    /// <summary>Names the dispatcher as a whole where a pipeline is paused or resumed.</summary>
    public const string Everything = "*";

    /// <summary>Of a backfill: more at once is a slip of the keyboard.</summary>
    private const int MostRuns = 1000, MostDays = 3660;

    /// <summary>Asks for a run of a date, now.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_EXISTS</c>, where the date has one and no further revision was asked for;
    /// <c>REQUEST_INVALID</c>.</exception>
    public RunRow Run(Pipeline pipeline, DateOnly date, bool revision, JsonObject parameters, Asker asker) => ledger.Write(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        CheckYear(date);
        if (parameters.FirstOrDefault(pair => !pipeline.Parameters.ContainsKey(pair.Key) || pair.Value is null) is { Key: { } unknown })
        {
            throw Invalid(
                $"{pipeline.Name} has no parameter '{unknown}'{Similar.Hint(unknown, pipeline.Parameters.Keys)}. It has: "
                + $"{string.Join(", ", pipeline.Parameters.Keys.DefaultIfEmpty("none"))}.");
        }

        Firing firing = FiringOf(date, now);
        int last = Runs.LastRevision(sql, pipeline.Name, firing.Slot);
        if (last > 0 && !revision)
        {
            RunRow there = Runs.Require(sql, RunRow.IdOf(pipeline.Name, firing.Slot, last));
            throw new BatchScoringException(LedgerErrors.RunExists,
                $"{there.Id} is there already ({there.State.Word()}). To go on with it: dispatcher retry {there.Id}. To run the date once "
                + "more beside it: --revision --reason \"…\".");
        }

        RunRow run = Firings.Row(pipeline, firing, last + 1, RunTrigger.Manual, RunState.Queued, asker.Reason, parameters, now);
        run = run with { NotBefore = null, StartBy = null, DeliverBy = run.DeliverBy > now ? run.DeliverBy : null };
        definitions.Keep(sql, pipeline, now);
        Runs.Add(sql, run, pipeline);
        Runs.Audit(sql, now, asker.Who, "run", pipeline.Name, run.Id, asker.Reason);
        return run;
    });

    /// <summary>The date that people mean: yyyy-MM-dd, or today or yesterday as the pipeline's own calendar shows it.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_DATE_INVALID</c>.</exception>
    public DateOnly Date(string text, Pipeline pipeline)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), Moment.ZoneOf(pipeline)).DateTime);
        return text switch
        {
            "today" => today,
            "yesterday" => today.AddDays(-1),
            _ => RunDate.Parse(text).Day,
        };
    }

    /// <summary>Asks for every date that has no run, one after the other, after whatever is due.</summary>
    /// <returns>The runs, in order; with <paramref name="dry"/> none is written.</returns>
    /// <exception cref="BatchScoringException"><c>REQUEST_INVALID</c>.</exception>
    public IReadOnlyList<RunRow> Backfill(Pipeline pipeline, DateOnly from, DateOnly to, bool dry, Asker asker) => ledger.Write(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        List<RunRow> runs = [];
        if (to < from) throw Invalid($"The span ends on {to:O}, before it begins on {from:O}.");
        if (to.DayNumber - from.DayNumber > MostDays)
            throw Invalid($"{from:O} to {to:O} is longer than ten years. Ask for a shorter span.");
        if (!dry) definitions.Keep(sql, pipeline, now);
        foreach (Firing firing in Dates(pipeline, from, to))
        {
            if (Runs.Exists(sql, pipeline.Name, firing.Slot)) continue;
            RunRow run = Firings.Row(pipeline, firing, 1, RunTrigger.Backfill, RunState.Queued, asker.Reason, [], now) with
            {
                NotBefore = null,
                StartBy = null,
                DeliverBy = null,
            };
            if (runs.Count == MostRuns)
                throw Invalid($"{from:O} to {to:O} has more than {MostRuns} runs to make. Ask for a shorter span.");
            runs.Add(run);
            if (!dry) Runs.Add(sql, run, pipeline);
        }

        if (!dry) Runs.Audit(sql, now, asker.Who, $"backfill {from:O} to {to:O}: {runs.Count}", pipeline.Name, null, asker.Reason);
        return runs;
    });

    /// <summary>Asks for the end of a run, and of what it began on the cluster.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_UNKNOWN</c>, <c>RUN_STATE</c>.</exception>
    public RunRow Cancel(string id, Asker asker) => ledger.Write(sql =>
    {
        RunRow run = Runs.Require(sql, id);
        if (run.Ended is not null)
            throw new BatchScoringException(LedgerErrors.RunState, $"{id} has ended ({run.State.Word()}); there is nothing to cancel.");
        sql.Execute("UPDATE runs SET cancel = coalesce(cancel, $cancel) WHERE id = $id",
            ("$id", id), ("$cancel", $"cancelled by {asker.Who}: {asker.Reason}"));
        Runs.Audit(sql, time.GetUtcNow(), asker.Who, "cancel", run.Pipeline, id, asker.Reason);
        return run;
    });

    /// <summary>Goes on with a run that ended: from a step, or with all that did not succeed; and with what stands after those.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_UNKNOWN</c>, <c>RUN_STATE</c>.</exception>
    public IReadOnlyList<string> Retry(string id, string? from, Asker asker) => ledger.Write(sql =>
    {
        RunRow run = Runs.Require(sql, id);
        if (run.Ended is null || run.State == RunState.Skipped)
        {
            throw new BatchScoringException(LedgerErrors.RunState, run.Ended is null
                ? $"{id} goes on ({run.State.Word()}); cancel it first, or wait."
                : $"{id} was skipped and has no steps. To run the date: dispatcher run {run.Pipeline} --date {run.Date:O} --revision");
        }

        string[] again = Again(definitions.Of(sql, run), Runs.Steps(sql, id), from);
        foreach (string step in again)
        {
            sql.Execute(
                """
                UPDATE steps SET state = 'waiting', tries = 0, not_before = NULL, started = NULL, ended = NULL, code = NULL, text = NULL,
                    figures = NULL WHERE run = $run AND name = $step
                """,
                ("$run", id), ("$step", step));
        }

        sql.Execute("UPDATE runs SET state = 'queued', reason = NULL, started = NULL, ended = NULL, delivered = NULL, cancel = NULL, "
            + "short = NULL WHERE id = $id", ("$id", id));
        Runs.Audit(sql, time.GetUtcNow(), asker.Who, $"retry {string.Join(", ", again)}", run.Pipeline, id, asker.Reason);
        return again;
    });

    /// <summary>Nothing of the pipeline begins by itself from now on; what is due meanwhile gets a row with the reason.</summary>
    public void Pause(string pipeline, Asker asker) => SetPause(pipeline, time.GetUtcNow(), asker, "pause");

    /// <summary>Ends a pause. What was due meanwhile stays as it is.</summary>
    public void Resume(string pipeline, Asker asker) => SetPause(pipeline, null, asker, "resume");

    /// <summary>Says beforehand that a date is left out.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_EXISTS</c>.</exception>
    public IReadOnlyList<RunRow> Skip(Pipeline pipeline, DateOnly date, Asker asker) => ledger.Write(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        List<RunRow> runs = [];
        foreach (Firing firing in Dates(pipeline, date, date))
        {
            if (Runs.Exists(sql, pipeline.Name, firing.Slot))
            {
                throw new BatchScoringException(LedgerErrors.RunExists,
                    $"{RunRow.IdOf(pipeline.Name, firing.Slot, 1)} is there already. To end one that goes on: dispatcher cancel ID.");
            }

            RunRow run = Firings.Row(
                pipeline, firing, 1, RunTrigger.Manual, RunState.Skipped, $"skipped by {asker.Who}: {asker.Reason}", [], now);
            Runs.Add(sql, run, pipeline);
            runs.Add(run);
        }

        Runs.Audit(sql, now, asker.Who, $"skip {date:O}", pipeline.Name, null, asker.Reason);
        return runs;
    });

    private static BatchScoringException Invalid(string text) => new(LedgerErrors.RequestInvalid, text);

    /// <summary>A slip of the keyboard, not a date of a bank; and beyond them calendars end.</summary>
    /// <exception cref="BatchScoringException"><c>REQUEST_INVALID</c>.</exception>
    public static void CheckYear(DateOnly date)
    {
        if (date.Year is < 1970 or > 2199) throw Invalid($"{date:O} is no run date: its year must lie between 1970 and 2199.");
    }

    private static Firing FiringOf(DateOnly date, DateTimeOffset due) =>
        new(due, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), date);

    /// <summary>What the timetable has on these dates; every date, where it has no timetable.</summary>
    private IEnumerable<Firing> Dates(Pipeline pipeline, DateOnly from, DateOnly to)
    {
        CheckYear(from);
        CheckYear(to);
        if (pipeline.Schedule is not { } schedule)
            return Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(day => FiringOf(from.AddDays(day), time.GetUtcNow()));
        DateTimeOffset begin = LocalTimes.Instant(schedule.Zone, from, TimeSpan.Zero).AddTicks(-1);
        DateTimeOffset end = LocalTimes.Instant(schedule.Zone, to.AddDays(1), TimeSpan.Zero).AddTicks(-1);
        return schedule.Between(begin, end);
    }

    private static string[] Again(Pipeline pipeline, List<StepRow> rows, string? from)
    {
        HashSet<string> again = new(StringComparer.Ordinal);
        if (from is not null && pipeline.Steps.All(step => step.Name != from))
        {
            throw new BatchScoringException(LedgerErrors.RunState,
                $"The pipeline {pipeline.Name} has no step '{from}'. It has: {string.Join(", ", pipeline.Steps.Select(step => step.Name))}.");
        }

        foreach (Step step in pipeline.Steps)
        {
            bool chosen = from is null ? rows.Single(row => row.Name == step.Name).State != StepState.Succeeded : step.Name == from;
            if (chosen || step.After.Any(again.Contains) || step.When != StepWhen.Success) again.Add(step.Name);
        }

        return [.. again];
    }

    private void SetPause(string pipeline, DateTimeOffset? at, Asker asker, string what) => ledger.Write(sql =>
    {
        DateTimeOffset now = time.GetUtcNow();
        sql.Execute(
            """
            INSERT INTO pipelines (name, considered, paused, paused_by, paused_reason) VALUES ($name, $now, $at, $who, $reason)
            ON CONFLICT DO UPDATE SET paused = $at, paused_by = $who, paused_reason = $reason
            """,
            ("$name", pipeline), ("$now", now), ("$at", at), ("$who", asker.Who), ("$reason", asker.Reason));
        Runs.Audit(sql, now, asker.Who, what, pipeline == Everything ? null : pipeline, null, asker.Reason);
    });
}

/// <summary>Who asks, and why.</summary>
internal sealed record Asker(string Who, string Reason);
