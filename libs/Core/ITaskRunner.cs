namespace BatchScoring.Core;

/// <summary>
/// Runs tasks: the one seam between engines and the work itself. The embedded engine calls it in process, model-runner calls it with the
/// lines of its stdin; both get the same answers because it is the same code. Implemented in libs/Tasks.
/// </summary>
/// <remarks>Thread safe: several calls may run at once, each with its own header. Dispose it after the last of them.</remarks>
public interface ITaskRunner : IDisposable
{
    /// <summary>Does one split.</summary>
    /// <returns>The answer; bad data, expired credentials and a stop sign are answers.</returns>
    /// <exception cref="BatchScoringException">Only what a retry may cure; the process then exits non-zero.</exception>
    /// <exception cref="OperationCanceledException">When cancelled; nothing stays pending that this call staged.</exception>
    Task<TaskResult> RunAsync(HeaderLine header, TaskSpec split, CancellationToken cancellation);
}
