namespace BatchScoring.Models;

/// <summary>A part of a combination: <c>hash == Value</c>.</summary>
/// <param name="Feature">Position in <see cref="CatBoostModel.CategoricalFeatures"/>.</param>
/// <param name="Value">The category's hash.</param>
public readonly record struct CtrOneHotSplit(int Feature, int Value);
