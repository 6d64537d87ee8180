namespace BatchScoring.Models;

/// <summary>What a split of a tree asks.</summary>
public enum BinaryFeatureKind
{
    /// <summary>A numeric value is greater than a border.</summary>
    Float,

    /// <summary>A category's hash equals a value.</summary>
    OneHot,

    /// <summary>A CTR's value is greater than a border.</summary>
    Ctr,
}
