namespace BatchScoring.Tests.Testing;

/// <summary>The system's clock, ahead by a fixed span.</summary>
public sealed class ShiftedTime(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
