namespace BatchScoring.Tasks;

/// <summary>Adds up where a task's time goes.</summary>
/// <remarks>Not thread safe; stages do not overlap.</remarks>
public sealed class StageClock(TimeProvider time)
{
    private readonly Dictionary<string, double> _seconds = new(StringComparer.Ordinal);
    private long _since = time.GetTimestamp();

    /// <summary>
    /// Books the time since the last call (or since the start) on a stage: <c>read</c>, <c>evaluate</c>, <c>write</c>, <c>stage</c>.
    /// </summary>
    public void Book(string stage)
    {
        long now = time.GetTimestamp();
        _seconds[stage] = _seconds.GetValueOrDefault(stage) + time.GetElapsedTime(_since, now).TotalSeconds;
        _since = now;
    }

    /// <summary>Seconds by stage so far.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _seconds;
}
