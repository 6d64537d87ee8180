using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// The trace of a run, for OpenTelemetry: the run, in it its steps, in those their attempts, and in those what their jobs tell. It is made
/// of the ledger when the run has ended, so that a dispatcher that dies meanwhile loses no span. All ids follow from the run: a job knows
/// its parent hours before that is sent, and whoever goes on with the run says the same.
/// </summary>
internal static class RunTrace
{
    private static readonly ActivitySource Source = new(Spans.SourceName);

    /// <summary>True where somebody takes spans; else nothing is made, and jobs hear of no parent that never comes.</summary>
    public static bool IsOn => Source.HasListeners();

    /// <summary>What the run's trace is called. The run's making is in it: ids of runs are unique within one ledger only.</summary>
    public static string IdOf(RunRow run) => Hash(run, "trace")[..32];

    /// <summary>For the attempt's job, as <c>TRACEPARENT</c>; null where nobody takes spans.</summary>
    public static string? ParentOf(RunRow run, string step, int attempt) =>
        IsOn ? $"00-{IdOf(run)}-{AttemptId(run, step, attempt)}-01" : null;

    /// <summary>Tells a run that has ended. One that was retried tells what came since.</summary>
    public static void Write(LedgerSql sql, string id)
    {
        if (!IsOn) return;
        RunRow run = Runs.Require(sql, id);
        if (run is not { Ended: { } ended, Started: { } started }) return;
        string round = started.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), root = Hash(run, $"run {round}")[..16];
        Span(run, null, root, "dispatch", started, ended, run.State == RunState.Failed ? run.Reason : null,
            ("batchscoring.pipeline", run.Pipeline), ("batchscoring.date", run.Slot), ("batchscoring.verdict", run.State.Word()),
            ("batchscoring.trigger", run.Trigger.Word()));
        foreach (StepRow step in Runs.Steps(sql, id))
        {
            if (step.Started is not { } began || began < started) continue;
            string own = Hash(run, $"step {step.Name} {round}")[..16];
            Span(run, root, own, step.Name, began, step.Ended ?? ended, Failure(step.State == StepState.Failed, step.Text),
                ("batchscoring.step.kind", step.Kind), ("batchscoring.verdict", step.State.Word()), ("batchscoring.code", step.Code));
            foreach (Attempt attempt in Attempts(sql, step))
            {
                if (attempt.Started < started) continue;
                Span(run, own, AttemptId(run, step.Name, attempt.Number), $"{step.Name}.{attempt.Number}", attempt.Started,
                    attempt.Ended ?? ended, Failure(attempt.State == "failed", attempt.Text), ("batchscoring.attempt", attempt.Number),
                    ("batchscoring.verdict", attempt.State), ("batchscoring.code", attempt.Code), ("batchscoring.host", attempt.Handle));
            }
        }
    }

    private static List<Attempt> Attempts(LedgerSql sql, StepRow step) => sql.Query(
        "SELECT attempt, state, started, ended, handle, code, text FROM attempts WHERE run = $run AND step = $step ORDER BY attempt",
        row => new Attempt(
            row.GetInt32(0), row.GetString(1), row.Instant(2)!.Value, row.Instant(3), row.Text(4), row.Text(5), row.Text(6)),
        ("$run", step.Run), ("$step", step.Name));

    private static string? Failure(bool failed, string? text) => failed ? text ?? "failed" : null;

    private static void Span(
        RunRow run, string? parent, string id, string name, DateTimeOffset from, DateTimeOffset until, string? failure,
        params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        var context = new ActivityContext(
            ActivityTraceId.CreateFromString(IdOf(run)), parent is null ? default : ActivitySpanId.CreateFromString(parent),
            ActivityTraceFlags.Recorded);
        using Activity? span = Source.CreateActivity(name, ActivityKind.Internal, context);
        if (span is null) return;
        span.SetTag("batchscoring.run", run.Id);
        foreach ((string tag, object? value) in tags) if (value is not null) span.SetTag(tag, value);
        if (failure is not null) span.SetStatus(ActivityStatusCode.Error, failure);
        span.SetStartTime(from.UtcDateTime).Start();
        IdOf(span) = id;
        span.SetEndTime((until > from ? until : from.AddTicks(1)).UtcDateTime);
    }

    private static string AttemptId(RunRow run, string step, int attempt) =>
        Hash(run, string.Create(CultureInfo.InvariantCulture, $"attempt {step} {attempt}"))[..16];

    private static string Hash(RunRow run, string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{run.Id} {run.Created.ToUnixTimeMilliseconds()} {what}"))));

    /// <summary>.NET draws the ids of spans itself and lets nobody say one; a test notices should the field ever have another name.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_spanId")]
    private static extern ref string? IdOf(Activity span);

    private sealed record Attempt(
        int Number, string State, DateTimeOffset Started, DateTimeOffset? Ended, string? Handle, string? Code, string? Text);
}
