using BatchScoring.Training.Logs;
using BatchScoring.Training.Measuring;

namespace BatchScoring.Training;

/// <summary>Takes the times of a training and tells its progress.</summary>
internal sealed class TrainingClock(TrainingRun run, int iterations, TrainingLog? log)
{
    private readonly long _start = run.Time.GetTimestamp();

    public TimeSpan Passed => run.Time.GetElapsedTime(_start);

    public bool IsOver => run.TimeLimit is { } limit && Passed >= limit;

    /// <param name="iteration">The one that ended.</param>
    /// <param name="metrics">What was measured in it.</param>
    /// <param name="measurements">All that is measured.</param>
    public void Tell(int iteration, IReadOnlyList<MetricValue> metrics, Measurements measurements)
    {
        TimeSpan passed = Passed;
        TrainingProgress progress = new(
            iteration, measurements.EvalMetric, metrics, measurements.IsPeriod(iteration), measurements.Best, passed,
            passed * ((double)(iterations - iteration - 1) / (iteration + 1)));
        log?.Add(progress);
        run.Progress?.Invoke(progress);
    }
}
