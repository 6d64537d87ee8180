using BatchScoring.Spark;

namespace BatchScoring.Engines;

/// <summary>One Spark job that pipes partitions through runners. It has a thread of its own: a job group belongs to a thread of the JVM's,
/// and that to one of ours.</summary>
internal sealed class RunnerJob
{
    private static readonly Dictionary<string, string> NoVariables = new(StringComparer.Ordinal);

    private readonly SparkContext _spark;
    private readonly string _group;

    public RunnerJob(SparkContext spark, string group, string description, IReadOnlyList<string> elements, IReadOnlyList<string> command)
    {
        (_spark, _group) = (spark, group);
        Lines = Task.Factory.StartNew(
            () =>
            {
                // Interrupting Spark's threads would not end a runner; its stop sign does.
                spark.SetJobGroup(group, description, interruptOnCancel: false);
                return spark.Parallelize(elements, elements.Count).Pipe(command, NoVariables).Collect();
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>What all runners wrote, once the job is over.</summary>
    public Task<IReadOnlyList<string>> Lines { get; }

    /// <summary>Drops what has not begun, and fails <see cref="Lines"/>.</summary>
    public void Cancel()
    {
        try
        {
            _spark.CancelJobGroup(_group);
        }
        catch (SparkException)
        {
            // The gateway is gone, and Spark with it: that ends the job, too.
        }
    }
}
