using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>
/// The second step of a run: makes the result's parts, all of them pending. Tasks on an engine do it row by row; an artifact is made here,
/// whole. What follows (gate, publish, record) is the same for both.
/// </summary>
public interface IProducer
{
    /// <summary>What goes into the plan: enough to do any of it again; empty where no tasks are.</summary>
    IReadOnlyList<TaskSpec> Tasks { get; }

    /// <summary>Makes the parts.</summary>
    /// <returns>One answer for every part, by number; all done, all rows accounted for.</returns>
    /// <exception cref="BatchScoringException">It could not be made; parts that are pending already are the caller's to give
    /// up.</exception>
    Task<IReadOnlyList<TaskResult>> ProduceAsync(Attempt attempt, CancellationToken cancellation);
}
