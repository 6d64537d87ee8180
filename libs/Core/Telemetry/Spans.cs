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
