using BatchScoring.Training.Measuring;

namespace BatchScoring.Training;

/// <summary>Takes the times of a training and tells its progress.</summary>
internal sealed class TrainingClock(TrainingRun run, int iterations)
{
    private readonly long _start = run.Time.GetTimestamp();

    public TimeSpan Passed => run.Time.GetElapsedTime(_start);

    public bool IsOver => run.TimeLimit is { } limit && Passed >= limit;

    public void Tell(int iteration, IReadOnlyList<MetricValue> metrics, Measurements? measurements)
    {
        if (run.Progress is null) return;
        TimeSpan passed = Passed;
        run.Progress(new TrainingProgress(
            iteration, metrics, measurements?.Best, passed, passed * ((double)(iterations - iteration - 1) / (iteration + 1))));
    }
}
