namespace BatchScoring.Dispatcher.Simulation;

/// <summary>A clock that a simulation moves: the steady one only forward, the calendar also by jumps.</summary>
internal sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan _steady;
    private TimeSpan _jumped;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What the calendar would show had nobody moved it.</summary>
    public DateTimeOffset True => start + _steady;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start + _steady + _jumped;

    /// <inheritdoc/>
    public override long GetTimestamp() => _steady.Ticks;

    /// <summary>Time goes by.</summary>
    public void Advance(TimeSpan span) => _steady += span;

    /// <summary>Somebody sets the calendar; null: right again.</summary>
    public void Jump(TimeSpan? span) => _jumped = span is { } by ? _jumped + by : TimeSpan.Zero;
}
