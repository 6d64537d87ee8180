using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Ledger;

/// <summary>Runs, steps and attempts: what is asked and written about them. Every method is one statement or a few of one transaction.</summary>
internal static class Runs
{
    public static RunRow? Find(LedgerSql sql, string id) => sql.Query(
        $"SELECT {RunRow.Columns} FROM runs WHERE id = $id", RunRow.Read, ("$id", id)).SingleOrDefault();

    /// <summary>The run of this id.</summary>
    /// <exception cref="BatchScoringException"><c>RUN_UNKNOWN</c>.</exception>
    public static RunRow Require(LedgerSql sql, string id) => Find(sql, id)
        ?? throw new BatchScoringException(LedgerErrors.RunUnknown, $"No run is called '{id}'. See: dispatcher history");

    /// <summary>Every run that has not ended, the one that was due first in front.</summary>
    public static List<RunRow> Open(LedgerSql sql) =>
        sql.Query($"SELECT {RunRow.Columns} FROM runs WHERE ended IS NULL ORDER BY due, id", RunRow.Read);

    public static bool Exists(LedgerSql sql, string pipeline, string slot) =>
        sql.Scalar("SELECT 1 FROM runs WHERE pipeline = $pipeline AND slot = $slot LIMIT 1", ("$pipeline", pipeline), ("$slot", slot)) is not null;

    public static int LastRevision(LedgerSql sql, string pipeline, string slot) => sql.Scalar(
        "SELECT max(revision) FROM runs WHERE pipeline = $pipeline AND slot = $slot",
        ("$pipeline", pipeline), ("$slot", slot)) is long revision ? (int)revision : 0;

    /// <summary>Writes a run and its steps; false where this run is there already, and nothing is changed.</summary>
    public static bool Add(LedgerSql sql, RunRow run, Pipeline definition)
    {
        if (Find(sql, run.Id) is not null) return false;
        sql.Execute(
            $"""
            INSERT INTO runs ({RunRow.Columns}) VALUES ($id, $pipeline, $slot, $date, $revision, $trigger, $state, $reason, $fingerprint,
                $parameters, $due, $created, $not_before, $start_by, $deliver_by, $started, $ended, $delivered, $cancel, $short)
            """,
            ("$id", run.Id), ("$pipeline", run.Pipeline), ("$slot", run.Slot), ("$date", run.Date), ("$revision", run.Revision),
            ("$trigger", run.Trigger), ("$state", run.State), ("$reason", run.Reason), ("$fingerprint", run.Fingerprint),
            ("$parameters", run.Parameters.ToJsonString()), ("$due", run.Due), ("$created", run.Created), ("$not_before", run.NotBefore),
            ("$start_by", run.StartBy), ("$deliver_by", run.DeliverBy), ("$started", run.Started), ("$ended", run.Ended),
            ("$delivered", run.Delivered), ("$cancel", run.Cancel), ("$short", run.Short));
        if (run.State == RunState.Skipped) return true;
        for (int position = 0; position < definition.Steps.Count; position++)
        {
            sql.Execute(
                "INSERT INTO steps (run, name, position, kind, state, attempt, tries) VALUES ($run, $name, $position, $kind, 'waiting', 0, 0)",
                ("$run", run.Id), ("$name", definition.Steps[position].Name), ("$position", position),
                ("$kind", definition.Steps[position].Kind));
        }

        return true;
    }

    public static List<StepRow> Steps(LedgerSql sql, string run) => sql.Query(
        $"SELECT {StepRow.Columns} FROM steps WHERE run = $run ORDER BY position", StepRow.Read, ("$run", run));

    public static void Begin(LedgerSql sql, string run, DateTimeOffset now) => sql.Execute(
        "UPDATE runs SET state = 'running', reason = NULL, started = coalesce(started, $now) WHERE id = $run", ("$run", run), ("$now", now));

    /// <summary>The intent: written before anything is done.</summary>
    public static void BeginAttempt(LedgerSql sql, StepRow step, int attempt, bool isShort, long fence, DateTimeOffset now)
    {
        sql.Execute(
            """
            UPDATE steps SET state = 'running', attempt = $attempt, tries = tries + 1, not_before = NULL, ended = NULL, code = NULL,
                text = NULL, figures = NULL, started = coalesce(started, $now), short = $short WHERE run = $run AND name = $step
            """,
            ("$run", step.Run), ("$step", step.Name), ("$attempt", attempt), ("$now", now), ("$short", isShort));
        sql.Execute(
            "INSERT INTO attempts (run, step, attempt, fence, state, started) VALUES ($run, $step, $attempt, $fence, 'running', $now)",
            ("$run", step.Run), ("$step", step.Name), ("$attempt", attempt), ("$fence", fence), ("$now", now));
    }

    /// <summary>How an attempt ended, and where its step stands now.</summary>
    public static void EndAttempt(LedgerSql sql, StepRow step, StepAnswer answer, StepState state, DateTimeOffset? again, DateTimeOffset now)
    {
        sql.Execute(
            """
            UPDATE attempts SET state = $end, ended = $now, code = $code, text = $text
            WHERE run = $run AND step = $step AND attempt = $attempt
            """,
            ("$run", step.Run), ("$step", step.Name), ("$attempt", step.Attempt), ("$end", answer.End), ("$now", now),
            ("$code", answer.Code), ("$text", answer.Text));
        sql.Execute(
            """
            UPDATE steps SET state = $state, not_before = $again, ended = $ended, code = $code, text = $text, figures = $figures
            WHERE run = $run AND name = $step
            """,
            ("$run", step.Run), ("$step", step.Name), ("$state", state), ("$again", again),
            ("$ended", state == StepState.Waiting ? null : now), ("$code", answer.Code), ("$text", answer.Text),
            ("$figures", answer.Figures?.ToJsonString()));
    }

    /// <summary>Ends a step that had no attempt.</summary>
    public static void EndStep(LedgerSql sql, StepRow step, StepState state, string text, string? code, DateTimeOffset now) => sql.Execute(
        "UPDATE steps SET state = $state, ended = $now, text = $text, code = $code WHERE run = $run AND name = $step",
        ("$run", step.Run), ("$step", step.Name), ("$state", state), ("$now", now), ("$text", text), ("$code", code));

    /// <summary>Ends a run that never began.</summary>
    public static void Skip(LedgerSql sql, string run, string reason, DateTimeOffset now)
    {
        foreach (StepRow step in Steps(sql, run)) EndStep(sql, step, StepState.Skipped, "the run never began", null, now);
        End(sql, run, RunState.Skipped, reason, null, now);
    }

    /// <summary>From now on the run goes the shorter way.</summary>
    public static void Shorten(LedgerSql sql, string run, string why) =>
        sql.Execute("UPDATE runs SET short = $why WHERE id = $run", ("$run", run), ("$why", why));

    /// <summary>How far an attempt is, for everybody who looks.</summary>
    public static void Tell(LedgerSql sql, ToldProgress told) => sql.Execute(
        """
        UPDATE attempts SET handle = coalesce($handle, handle), text = coalesce($text, text), share = $share
        WHERE run = $run AND step = $step AND attempt = $attempt AND ended IS NULL
        """,
        ("$run", told.RunId), ("$step", told.Step), ("$attempt", told.Attempt), ("$handle", told.Progress.Handle),
        ("$text", told.Progress.Text), ("$share", told.Progress.Share));

    public static void End(
        LedgerSql sql, string run, RunState state, string? reason, DateTimeOffset? delivered, DateTimeOffset now) => sql.Execute(
        "UPDATE runs SET state = $state, reason = $reason, ended = $now, delivered = $delivered WHERE id = $run",
        ("$run", run), ("$state", state), ("$reason", reason), ("$delivered", delivered), ("$now", now));

    /// <summary>Why a queued run waits.</summary>
    public static void Wait(LedgerSql sql, string run, string reason) => sql.Execute(
        "UPDATE runs SET reason = $reason WHERE id = $run AND reason IS NOT $reason", ("$run", run), ("$reason", reason));

    /// <summary>Raises an alarm once per run and kind; true where it is new.</summary>
    public static bool Alarm(LedgerSql sql, string run, string kind, string text, DateTimeOffset now) => sql.Execute(
        "INSERT INTO alarms VALUES ($run, $kind, $now, $text) ON CONFLICT DO NOTHING",
        ("$run", run), ("$kind", kind), ("$now", now), ("$text", text)) == 1;

    public static void Audit(
        LedgerSql sql, DateTimeOffset now, string who, string what, string? pipeline, string? run, string? reason) => sql.Execute(
        "INSERT INTO audit (at, who, what, pipeline, run, reason) VALUES ($at, $who, $what, $pipeline, $run, $reason)",
        ("$at", now), ("$who", who), ("$what", what), ("$pipeline", pipeline), ("$run", run), ("$reason", reason));

    /// <summary>What a condition may ask of a step.</summary>
    public static JsonObject? Answer(RunRow run, IReadOnlyList<StepRow> steps, string name)
    {
        if (name == Window.Asked) return new JsonObject { ["short"] = run.Short is not null };
        if (steps.FirstOrDefault(step => step.Name == name) is not { IsOver: true } step) return null;
        JsonObject answer = (JsonObject?)step.Figures?.DeepClone() ?? [];
        answer["verdict"] = step.State.Word();
        return answer;
    }
}
