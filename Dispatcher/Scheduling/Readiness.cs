using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>What may happen to a step that waits.</summary>
/// <param name="Next">The state it goes to; null: it goes on waiting.</param>
/// <param name="Reason">Why it is skipped or cancelled.</param>
/// <param name="Code"><see cref="LeftOut"/> where a condition left it out.</param>
internal readonly record struct Readiness(StepState? Next, string? Reason = null, string? Code = null)
{
    /// <summary>The code of a step that a condition left out: where another way was gone instead, steps behind both go on.</summary>
    private const string LeftOut = "CONDITION";

    private static readonly Readiness Wait = new(null);

    /// <summary>Looks at the steps before it.</summary>
    public static Readiness Of(Step step, StepRow row, RunRow run, IReadOnlyList<StepRow> steps, DateTimeOffset now)
    {
        if (step.When != StepWhen.Always && run.Cancel is { } cancel) return new(StepState.Cancelled, cancel);
        StepRow[] before = [.. steps.Where(other => step.After.Contains(other.Name, StringComparer.Ordinal))];
        if (Array.Exists(before, other => !other.IsOver)) return Wait;
        if (row.NotBefore > now) return Wait;
        bool anyDone = Array.Exists(before, IsDone);
        if (step.When == StepWhen.Success && Array.Find(before, other => !IsDone(other) && !(anyDone && other.Code == LeftOut)) is { } unlike)
        {
            return new(StepState.Skipped, $"{unlike.Name}: {unlike.State.Word()}",
                unlike.Code == LeftOut ? LeftOut : null);
        }

        if (step.When == StepWhen.Failure && !steps.Any(IsTrouble)) return new(StepState.Skipped, "nothing failed");
        return step.Condition is { } condition && !condition.Holds(name => Runs.Answer(run, steps, name))
            ? new(StepState.Skipped, $"the condition does not hold: {condition.Text}", LeftOut)
            : new(StepState.Running);
    }

    /// <summary>How a run stands when all of its steps are over.</summary>
    public static RunState Verdict(RunRow run, IReadOnlyList<StepRow> steps, DateTimeOffset? delivered)
    {
        if (steps.Any(step => step.State == StepState.Failed)) return RunState.Failed;
        if (steps.Any(step => step.State == StepState.Held)) return RunState.Held;
        if (run.Cancel is not null || steps.Any(step => step.State == StepState.Cancelled)) return RunState.Cancelled;
        return steps.Any(step => step.State == StepState.Late) || delivered > run.DeliverBy ? RunState.Late : RunState.Ok;
    }

    private static bool IsDone(StepRow step) => step.State is StepState.Succeeded or StepState.Late;

    private static bool IsTrouble(StepRow step) =>
        step.State is StepState.Failed or StepState.Held or StepState.Late or StepState.Cancelled;
}
