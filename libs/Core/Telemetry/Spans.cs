using System.Diagnostics;

namespace BatchScoring.Core;

/// <summary>
/// Spans of a run: <c>run</c>, in it <c>plan</c>, <c>produce</c> and <c>publish</c>, and a <c>task</c> per split. Nothing is made unless
/// somebody listens.
/// </summary>
public static class Spans
{
    /// <summary>The source that listeners name; the meter of <see cref="RunMetrics"/> has the same name.</summary>
    public const string SourceName = "BatchScoring";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>A program that another one called, in the trace of that one.</summary>
    /// <param name="name">The program.</param>
    /// <param name="caller">The caller's span in the form of W3C's traceparent, as in the variable <c>TRACEPARENT</c>.</param>
    /// <returns>The span, to be disposed of at its end; null when nobody listens, or no span called.</returns>
    public static Activity? Called(string name, string? caller) =>
        ActivityContext.TryParse(caller, null, isRemote: true, out ActivityContext parent)
            ? Source.StartActivity(name, ActivityKind.Internal, parent)
            : null;

    /// <summary>One attempt at a run.</summary>
    /// <param name="run">Which.</param>
    /// <returns>The span, to be disposed of at its end; null when nobody listens.</returns>
    public static Activity? Run(RunIdentity run) => Source.StartActivity("run")?
        .SetTag("batchscoring.run", run.Run).SetTag("batchscoring.job", run.Job).SetTag("batchscoring.attempt", run.Attempt);

    /// <summary>A stage of a run.</summary>
    /// <param name="name"><c>plan</c>, <c>produce</c> or <c>publish</c>.</param>
    /// <returns>The span, to be disposed of at its end; null when nobody listens.</returns>
    public static Activity? Stage(string name) => Source.StartActivity(name);

    /// <summary>The work on one split.</summary>
    /// <param name="split">Which.</param>
    /// <returns>The span, to be disposed of at its end; null when nobody listens.</returns>
    public static Activity? Task(TaskSpec split) => Source.StartActivity("task")?
        .SetTag("batchscoring.task.kind", split.Kind).SetTag("batchscoring.task.split", split.Split);
}
