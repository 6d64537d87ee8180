using BatchScoring.Spark;

namespace BatchScoring.Engines;

/// <summary>
/// Tells how many rows are done while a job blocks its own connection: asks the status tracker on another thread, so another connection.
/// Spark says how many partitions are done, not which, so rows are in proportion.
/// </summary>
internal sealed class JobWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly ManualResetEventSlim _ended = new();
    private readonly IReadOnlyList<TaskPartition> _partitions;
    private readonly Action<long> _rowsDone;
    private readonly JobTrouble _trouble;
    private readonly long _rows;
    private readonly Task _watching;
    private long _told;

    public JobWatch(SparkContext spark, string group, IReadOnlyList<TaskPartition> partitions, Action<long> rowsDone, Action<string> say)
    {
        _trouble = new JobTrouble(say);
        (_partitions, _rowsDone, _rows) = (partitions, rowsDone, partitions.Sum(partition => partition.Rows));
        _watching = Task.Factory.StartNew(
            () => Watch(spark, group), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The job is done: so are all of its rows.</summary>
    public async Task CompleteAsync()
    {
        _ended.Set();
        await _watching;
        Tell(_rows);
    }

    public async ValueTask DisposeAsync()
    {
        _ended.Set();
        await _watching;
        _ended.Dispose();
    }

    /// <summary>Also when nothing is new: the display keeps time.</summary>
    private void Tell(long done)
    {
        _rowsDone(Math.Max(0, done - _told));
        _told = Math.Max(_told, done);
    }

    /// <summary>A job of ours has one stage.</summary>
    private int Completed(StatusTracker tracker, string group)
    {
        SparkStageInfo[] stages =
        [
            .. tracker.GetJobIdsForGroup(group).SelectMany(job => tracker.GetJobInfo(job)?.StageIds ?? []).Select(tracker.GetStageInfo)
                .OfType<SparkStageInfo>(),
        ];
        if (stages.Length > 0) _trouble.Look(stages.Sum(stage => stage.NumActiveTasks), stages.Sum(stage => stage.NumFailedTasks),
            Interval);
        return stages.Sum(stage => stage.NumCompletedTasks);
    }

    private void Watch(SparkContext spark, string group)
    {
        try
        {
            StatusTracker tracker = spark.StatusTracker();
            while (!_ended.Wait(Interval)) Tell(_rows * Math.Min(Completed(tracker, group), _partitions.Count) / _partitions.Count);
        }
        catch (SparkException)
        {
            // Progress is a courtesy; what is wrong, the job itself will say.
        }
    }
}
