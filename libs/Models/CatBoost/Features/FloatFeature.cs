using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>A numeric column of the training table. Immutable.</summary>
public sealed class FloatFeature
{
    /// <summary>Running number among the numeric features, as the file counts.</summary>
    public required int Index { get; init; }

    /// <summary>Column number in the training table, from 0.</summary>
    public required int FlatIndex { get; init; }

    /// <summary>The name that the file gives; empty if none.</summary>
    public string Id { get; init; } = "";

    /// <summary>The thresholds, ascending, never NaN; a split is <c>value &gt; border</c>. Empty: the feature is unused.</summary>
    public ImmutableArray<float> Borders { get; init; } = [];

    /// <summary>True if the feature had missing values in training; only then <see cref="NanTreatment"/> counts.</summary>
    public bool HasNans { get; init; }

    /// <summary>What missing values count as, if <see cref="HasNans"/>.</summary>
    public NanTreatment NanTreatment { get; init; }

    /// <summary>
    /// True if a missing value is larger than every border. Otherwise it is smaller than every border: NaN and minus infinity compare
    /// alike.
    /// </summary>
    public bool NanIsLargest => HasNans && NanTreatment == NanTreatment.AsTrue;
}
