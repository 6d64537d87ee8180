using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Moves a run's steps on. Every change is a transaction that first asks whether we still lead; an attempt begins only after its intent
/// stands in the ledger.
/// </summary>
internal sealed class RunSteps(Ledger.Ledger ledger, Lease lease, Definitions definitions, IStepRunner runner, IRunNews news)
{
    private readonly Alarms _alarms = new(news);

    /// <summary>The longest wait between two attempts.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>Begins what is ready, takes up what an earlier process began, and ends the run where nothing is left.</summary>
    /// <returns>When the clock alone changes something: the next attempt of a step, or null.</returns>
    public DateTimeOffset? Advance(RunRow run, DateTimeOffset now)
    {
        Pipeline pipeline = definitions.Of(ledger.Sql, run);
        List<StepRow> rows = Runs.Steps(ledger.Sql, run.Id);
        DateTimeOffset? next = null;
        foreach (Step step in pipeline.Steps)
        {
            int at = rows.FindIndex(row => row.Name == step.Name);
            if (rows[at].State == StepState.Waiting) (run, rows[at]) = Decide(run, pipeline, step, rows[at], rows, now);
            if (rows[at].State == StepState.Running) Attend(run, pipeline, step, rows[at]);
            if (rows[at] is { State: StepState.Waiting, NotBefore: { } again }) next = next < again ? next : again;
        }

        if (rows.TrueForAll(row => row.IsOver)) End(run, now);
        return next;
    }

    /// <summary>Writes how an attempt ended, and whether there will be another.</summary>
    public void Take(EndedAttempt ended, DateTimeOffset now) => ledger.Write(sql =>
    {
        lease.Require(sql);
        StepRow? row = Runs.Steps(sql, ended.RunId).Find(step => step.Name == ended.Step);
        if (row is not { State: StepState.Running } || row.Attempt != ended.Attempt) return;
        RunRow run = Runs.Require(sql, ended.RunId);
        Step step = definitions.Of(sql, run).Steps.Single(other => other.Name == ended.Step);
        bool again = ended.Answer is { End: StepEnd.Failed, RetryHelps: true } && row.Tries <= step.Retries.Count && run.Cancel is null;
        DateTimeOffset? notBefore = again ? now + Wait(step.Retries, row.Tries) : null;
        Runs.EndAttempt(sql, row, ended.Answer, again ? StepState.Waiting : State(ended.Answer.End), notBefore, now);
    });

    /// <summary>The wait doubles with every try.</summary>
    private static TimeSpan Wait(Retries retries, int tries)
    {
        TimeSpan wait = retries.Wait * Math.Pow(2, Math.Min(tries - 1, 20));
        return wait < LongestWait ? wait : LongestWait;
    }

    private static StepState State(StepEnd end) => end switch
    {
        StepEnd.Succeeded => StepState.Succeeded,
        StepEnd.Held => StepState.Held,
        StepEnd.Late => StepState.Late,
        StepEnd.Cancelled => StepState.Cancelled,
        _ => StepState.Failed,
    };

    private (RunRow Run, StepRow Row) Decide(
        RunRow run, Pipeline pipeline, Step step, StepRow row, List<StepRow> rows, DateTimeOffset now)
    {
        var ready = Readiness.Of(step, row, run, rows, now);
        if (ready.Next is null) return (run, row);
        string? why = step.Delivers ? BatchWindow.WhyShort(ledger.Sql, pipeline, run, now) : null;
        if (why is not null)
        {
            run = run with { Short = why };
            ready = Readiness.Of(step, row, run, rows, now);
        }

        StepState state = ready.Next!.Value;
        bool begins = state == StepState.Running;
        ledger.Write(sql =>
        {
            long fence = lease.Require(sql);
            if (why is not null)
            {
                Runs.Shorten(sql, run.Id, why);
                _alarms.Raise(sql, run, Alarms.ShortOfTime, why, now);
            }

            if (begins) Runs.BeginAttempt(sql, row, row.Attempt + 1, run.Short is not null, fence, now);
            else Runs.EndStep(sql, row, state, ready.Reason!, ready.Code, now);
        });
        return (run, begins
            ? row with { State = state, Attempt = row.Attempt + 1, Short = run.Short is not null }
            : row with { State = state, Text = ready.Reason, Code = ready.Code, Ended = now });
    }

    /// <summary>An attempt that nobody runs here was begun by a process that is gone: the step kind finds it again by its id.</summary>
    private void Attend(RunRow run, Pipeline pipeline, Step step, StepRow row)
    {
        if (lease.Fence is not { } fence) return;
        var words = new Words(run.Date, run.Slot, run.Id, Parameters(pipeline, run, row));
        var work = new StepWork(
            run.Id, run.Pipeline, run.Date, step.Name, row.Attempt, fence, words.Fill(step.Settings), static _ => { })
        {
            TraceParent = RunTrace.ParentOf(run, step.Name, row.Attempt),
        };
        if (!runner.Runs(work.AttemptId)) runner.Start(step.Kind, work, step.Deadline);
        if (run.Cancel is not null && step.When != StepWhen.Always) runner.Cancel(work.AttemptId);
    }

    private static Dictionary<string, string> Parameters(Pipeline pipeline, RunRow run, StepRow row)
    {
        Dictionary<string, string> parameters = new(pipeline.Parameters, StringComparer.Ordinal);
        if (row.Short && pipeline.Window.WhenShort is { } shorter)
            foreach ((string name, string value) in shorter) parameters[name] = value;
        foreach ((string name, JsonNode? value) in run.Parameters) parameters[name] = value!.ToString();
        return parameters;
    }

    private void End(RunRow run, DateTimeOffset now)
    {
        ledger.Write(sql =>
        {
            lease.Require(sql);
            List<StepRow> steps = Runs.Steps(sql, run.Id);
            DateTimeOffset? delivered = Delivered(definitions.Of(sql, run), steps);
            RunState verdict = Readiness.Verdict(run, steps, delivered);
            string? reason = verdict switch
            {
                RunState.Cancelled => run.Cancel,
                RunState.Failed => Cause(steps, StepState.Failed),
                RunState.Held => Cause(steps, StepState.Held),
                _ => null,
            };
            if (verdict == RunState.Ok) Promises.LookBack(sql, run, delivered, _alarms, now);
            Runs.End(sql, run.Id, verdict, reason, delivered, now);
            news.Ended(sql, Runs.Require(sql, run.Id), steps);
        });
        RunTrace.Write(ledger.Sql, run.Id);
    }

    private static string Cause(List<StepRow> steps, StepState state)
    {
        StepRow first = steps.Where(step => step.State == state).MinBy(step => step.Ended)!;
        return $"{first.Name}: {first.Text}";
    }

    private static DateTimeOffset? Delivered(Pipeline pipeline, List<StepRow> steps) => pipeline.Steps
        .Where(step => step.Delivers).Select(step => steps.Single(row => row.Name == step.Name).Ended).Max();
}
