using BatchScoring.Core;

namespace BatchScoring.Tasks;

/// <summary>One kind of work on one split. A new kind is a folder here and a line where the program registers its kinds.</summary>
/// <remarks>Thread safe: several splits may be worked on at once.</remarks>
public interface ITaskKind
{
    /// <summary>What task specs call it, for example <c>score</c>.</summary>
    string Name { get; }

    /// <summary>Does one split.</summary>
    /// <param name="context">The split and everything that belongs to this task alone.</param>
    /// <param name="cancellation">Cancelled by the caller or by the stop sign; looked at between blocks and within every statement.</param>
    /// <returns>An answer with status <see cref="TaskResultStatus.Done"/>.</returns>
    /// <exception cref="BatchScoringException">Not transient: becomes a <see cref="TaskResultStatus.Rejected"/> answer. Transient: leaves
    /// the runner. Either way nothing stays pending that this call staged.</exception>
    Task<TaskResult> RunAsync(TaskContext context, CancellationToken cancellation);
}
