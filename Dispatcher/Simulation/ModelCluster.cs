using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Simulation;

/// <summary>
/// The world outside: jobs that were begun go on whatever happens to the dispatchers. It keeps the rules of the remote script: one job per
/// attempt, and none for a fencing number older than one that was seen.
/// </summary>
internal sealed class ModelCluster(VirtualClock clock, Random random, ClusterModel model)
{
    private readonly Dictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _busyUntil = new(StringComparer.Ordinal);
    private long _highestFence;

    /// <summary>Jobs begun, refused because another leads, and begun while one of the same step still ran.</summary>
    public int Begun { get; private set; }

    public int Refused { get; private set; }

    public int Overlapping { get; private set; }

    /// <summary>How often each step of each run was done: <c>run.step</c>.</summary>
    public Dictionary<string, int> Done { get; } = new(StringComparer.Ordinal);

    /// <summary>Begins the attempt's job, or finds it. Null: refused, since a newer leader was seen.</summary>
    public Job? Begin(StepWork work)
    {
        if (work.Fence < _highestFence)
        {
            Refused++;
            return null;
        }

        _highestFence = work.Fence;
        if (_jobs.TryGetValue(work.AttemptId, out Job? known)) return known;
        string step = $"{work.RunId}.{work.Step}";
        if (_busyUntil.TryGetValue(step, out DateTimeOffset busy) && busy > clock.True) Overlapping++;
        Begun++;
        bool fails = random.NextDouble() < model.FailureShare;
        // Not more than three times the usual: a heavier tail would only be a slower simulation.
        TimeSpan takes = model.Usual * Math.Clamp(Math.Exp(random.NextDouble() - 0.5) * model.Growth, 0.1, 3 * model.Growth);
        var job = new Job(clock.True + takes, fails);
        _jobs[work.AttemptId] = job;
        _busyUntil[step] = job.End;
        if (!fails) Done[step] = Done.GetValueOrDefault(step) + 1;
        return job;
    }

    /// <summary>A job.</summary>
    internal sealed record Job(DateTimeOffset End, bool Fails);
}

/// <summary>How the jobs of a modelled cluster behave.</summary>
/// <param name="Usual">What a job usually takes.</param>
/// <param name="Growth">Times more than usual: 1.3 when data grow by 30 %.</param>
/// <param name="FailureShare">How many of a hundred jobs fail, over a hundred.</param>
internal sealed record ClusterModel(TimeSpan Usual, double Growth, double FailureShare);
