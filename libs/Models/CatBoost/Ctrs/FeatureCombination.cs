using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>
/// What a CTR takes together as one category: categories and answers to splits, hashed in this order. Immutable; equal when its content is.
/// </summary>
public sealed class FeatureCombination : IEquatable<FeatureCombination>
{
    /// <summary>Positions in <see cref="CatBoostModel.CategoricalFeatures"/>, in file order.</summary>
    public ImmutableArray<int> Categories { get; init; } = [];

    /// <summary>Splits on numeric features, in file order.</summary>
    public ImmutableArray<CtrFloatSplit> FloatSplits { get; init; } = [];

    /// <summary>Splits on categories, in file order.</summary>
    public ImmutableArray<CtrOneHotSplit> OneHotSplits { get; init; } = [];

    /// <summary>Elements of all kinds.</summary>
    public int Length => Categories.Length + FloatSplits.Length + OneHotSplits.Length;

    /// <inheritdoc/>
    public bool Equals(FeatureCombination? other) =>
        ReferenceEquals(this, other)
        || (other is not null && Categories.AsSpan().SequenceEqual(other.Categories.AsSpan())
            && FloatSplits.AsSpan().SequenceEqual(other.FloatSplits.AsSpan())
            && OneHotSplits.AsSpan().SequenceEqual(other.OneHotSplits.AsSpan()));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FeatureCombination);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (int category in Categories) hash.Add(category);
        foreach (CtrFloatSplit split in FloatSplits) hash.Add(split);
        foreach (CtrOneHotSplit split in OneHotSplits) hash.Add(split);
        return hash.ToHashCode();
    }
}
