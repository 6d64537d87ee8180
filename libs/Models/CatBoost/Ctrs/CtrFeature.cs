using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>A number made of categories, and its borders. Immutable.</summary>
public sealed class CtrFeature
{
    /// <summary>Which table it reads.</summary>
    public required CtrKey Key { get; init; }

    /// <summary>Which target class or border is the good one (Borders, Buckets).</summary>
    public int TargetBorderIndex { get; init; }

    /// <summary>Added to the good count.</summary>
    public float PriorNumerator { get; init; }

    /// <summary>Added to the total count.</summary>
    public float PriorDenominator { get; init; } = 1;

    /// <summary>Added to the ratio.</summary>
    public float Shift { get; init; }

    /// <summary>Multiplies what the shift gave.</summary>
    public float Scale { get; init; } = 1;

    /// <summary>The thresholds, ascending, never NaN; a split is <c>value &gt; border</c>.</summary>
    public ImmutableArray<float> Borders { get; init; } = [];
}
