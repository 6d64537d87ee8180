namespace BatchScoring.Core;

/// <summary>How many rows may be set aside before a result is held.</summary>
public sealed record GateLimits
{
    /// <summary>Rows; null for no limit of this kind.</summary>
    public long? MaxBadRows { get; init; }

    /// <summary>Percent of the rows read, 0 to 100.</summary>
    public required double MaxBadPercent { get; init; }
}
