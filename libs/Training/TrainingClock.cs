using BatchScoring.Training.Logs;
using BatchScoring.Training.Measuring;

namespace BatchScoring.Training;

/// <summary>Takes the times of a training and tells its progress.</summary>
internal sealed class TrainingClock(TrainingRun run, int iterations, TrainingLog? log)
{
    private readonly long _start = run.Time.GetTimestamp();
    private readonly List<TimeSpan> _passed = [];
    private TrainingLog? _log = log;
    private TimeSpan _before;

    /// <summary>Since the start, after every iteration.</summary>
    public IReadOnlyList<TimeSpan> Passed => _passed;

    public bool IsOver => run.TimeLimit is { } limit && SinceStart >= limit;

    private TimeSpan SinceStart => run.Time.GetElapsedTime(_start);

    /// <summary>An iteration of an earlier part of the training: it stands in the log, but nobody is told of it.</summary>
    public void Repeat(TimeSpan passed, int iteration, IReadOnlyList<MetricValue> metrics, Measurements? measurements)
    {
        _passed.Add(passed);
        _before = passed;
        if (measurements is not null) Log(Progress(iteration, metrics, measurements));
    }

    /// <param name="iteration">The one that ended.</param>
    /// <param name="metrics">What was measured in it.</param>
    /// <param name="measurements">All that is measured; null: nothing.</param>
    public void Tell(int iteration, IReadOnlyList<MetricValue> metrics, Measurements? measurements)
    {
        _passed.Add(_before + SinceStart);
        if (measurements is null) return;
        TrainingProgress progress = Progress(iteration, metrics, measurements);
        Log(progress);
        run.Progress?.Invoke(progress);
    }

    private void Log(TrainingProgress progress)
    {
        try
        {
            _log?.Add(progress);
        }
        catch (TrainingException e) when (run.Trouble is not null)
        {
            run.Trouble(e);
            _log = null;
        }
    }

    private TrainingProgress Progress(int iteration, IReadOnlyList<MetricValue> metrics, Measurements measurements) => new(
        iteration, measurements.EvalMetric, metrics, measurements.IsPeriod(iteration), measurements.Best, _passed[^1],
        _passed[^1] * ((double)Math.Max(0, iterations - iteration - 1) / (iteration + 1)));
}
