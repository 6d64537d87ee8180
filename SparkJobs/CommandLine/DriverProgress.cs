using BatchScoring.Core;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>A driver's display: what it shows, <c>submit</c> shows, wherever that runs. Lines go to the driver's log at once.</summary>
internal sealed class DriverProgress(TextWriter log) : IProgressDisplay
{
    private readonly Lock _lock = new();

    /// <summary>The latest state; null before the first stage.</summary>
    public JobProgress? State { get; private set; }

    public void Begin(string title, long total)
    {
        lock (_lock) State = new JobProgress(title, total, 0);
    }

    public void Advance(long rows)
    {
        lock (_lock) State = State is { } state ? state with { Done = state.Done + rows } : null;
    }

    public void End()
    {
        lock (_lock) State = State is { } state ? state with { Ended = true } : null;
    }

    public void Say(string text)
    {
        lock (_lock) log.WriteLine(text);
    }

    public void Dispose()
    {
    }
}
