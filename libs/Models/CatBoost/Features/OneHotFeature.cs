using System.Collections.Immutable;

namespace BatchScoring.Models;

/// <summary>Splits of the form <c>category == value</c> on one categorical feature. Immutable.</summary>
public sealed class OneHotFeature
{
    /// <summary>Position in <see cref="CatBoostModel.CategoricalFeatures"/>.</summary>
    public required int Feature { get; init; }

    /// <summary>The category hashes; split <c>k</c> is <c>hash == Values[k]</c>.</summary>
    public ImmutableArray<int> Values { get; init; } = [];
}
