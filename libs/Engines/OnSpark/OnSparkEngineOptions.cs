namespace BatchScoring.Engines;

/// <summary>How tasks run on a cluster.</summary>
public sealed record OnSparkEngineOptions
{
    /// <summary>The runner's command: absolute where executors run on this machine, else relative to an executor's working folder.</summary>
    public required IReadOnlyList<string> RunnerCommand { get; init; }

    /// <summary>Partitions per core that Spark offers. More make a lost one cheaper to repeat and progress finer, fewer save starts of
    /// runners, 50 ms each. Default: 4.</summary>
    public int PartitionsPerCore { get; init; } = 4;
}
