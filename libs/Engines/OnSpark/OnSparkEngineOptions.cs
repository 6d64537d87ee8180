namespace BatchScoring.Engines;

/// <summary>How tasks run on a cluster.</summary>
public sealed record OnSparkEngineOptions
{
    /// <summary>
    /// The runner's command: absolute where executors run on this machine, else relative to an executor's working folder.
    /// </summary>
    public required IReadOnlyList<string> RunnerCommand { get; init; }

    /// <summary>Takes a line for whoever waits: tasks that failed and are tried again, a cluster that gives no executors.</summary>
    public required Action<string> Say { get; init; }
}
