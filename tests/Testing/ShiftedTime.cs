namespace BatchScoring.Tests.Testing;

/// <summary>The system's clock, ahead by a span.</summary>
public sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    /// <summary>May be changed while it is used, as a clock is set.</summary>
    public TimeSpan Ahead { get; set; } = ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
