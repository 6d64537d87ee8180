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
    private readonly Task _watching;

    public JobWatch(SparkContext spark, string group, int partitions, long rows, Action<long> rowsDone) =>
        _watching = Task.Factory.StartNew(
            () => Watch(spark.StatusTracker(), group, partitions, rows, rowsDone),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        _ended.Set();
        await _watching;
        _ended.Dispose();
    }

    /// <summary>A job of ours has one stage.</summary>
    private static int Completed(StatusTracker tracker, string group) => tracker.GetJobIdsForGroup(group)
        .SelectMany(job => tracker.GetJobInfo(job)?.StageIds ?? [])
        .Sum(stage => tracker.GetStageInfo(stage)?.NumCompletedTasks ?? 0);

    private void Watch(StatusTracker tracker, string group, int partitions, long rows, Action<long> rowsDone)
    {
        long told = 0;
        try
        {
            while (!_ended.Wait(Interval))
            {
                long done = rows * Math.Min(Completed(tracker, group), partitions) / partitions;
                // Also when nothing is new: the display keeps time.
                rowsDone(Math.Max(0, done - told));
                told = Math.Max(told, done);
            }
        }
        catch (SparkException)
        {
            // Progress is a courtesy; what is wrong, the job itself will say.
        }
    }
}
