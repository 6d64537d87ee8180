using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Simulation;

/// <summary>One dispatcher's view of the modelled cluster; it is lost when that dispatcher dies.</summary>
/// <param name="cluster">What lives on.</param>
/// <param name="clock">When jobs end.</param>
/// <param name="mayDie">Called before and after a job is begun; may throw as if the process died there.</param>
/// <param name="mayFreeze">Called before a job is begun; others may do much meanwhile.</param>
internal sealed class ModelRunner(ModelCluster cluster, VirtualClock clock, Action mayDie, Action mayFreeze) : IStepRunner
{
    private readonly Dictionary<string, (StepWork Work, ModelCluster.Job? Job)> _watched = new(StringComparer.Ordinal);

    /// <summary>When the next watched job ends, or null.</summary>
    public DateTimeOffset? NextEnd => _watched.Values.Min(watched => watched.Job?.End);

    /// <inheritdoc/>
    public bool Runs(string attemptId) => _watched.ContainsKey(attemptId);

    /// <inheritdoc/>
    public void Start(string kind, StepWork work, TimeSpan? deadline)
    {
        mayDie();
        mayFreeze();
        ModelCluster.Job? job = cluster.Begin(work);
        mayDie();
        _watched[work.AttemptId] = (work, job);
    }

    /// <inheritdoc/>
    public void Cancel(string attemptId)
    {
        // Nobody cancels in a simulation.
    }

    /// <inheritdoc/>
    public ToldProgress? TakeTold() => null;

    /// <inheritdoc/>
    public EndedAttempt? TakeEnded()
    {
        foreach ((string id, (StepWork work, ModelCluster.Job? job)) in _watched)
        {
            if (job is null || job.End > clock.True) continue;
            _watched.Remove(id);
            return new EndedAttempt(work.RunId, work.Step, work.Attempt, job.Fails
                ? new StepAnswer(StepEnd.Failed, "the modelled job failed", RetryHelps: true)
                : new StepAnswer(StepEnd.Succeeded, "done"));
        }

        return null;
    }

    /// <inheritdoc/>
    public void Abandon() => _watched.Clear();
}
