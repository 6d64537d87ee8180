namespace BatchScoring.Models;

/// <summary>A part of a combination: <c>value &gt; Border</c>.</summary>
/// <param name="Feature">Position in <see cref="CatBoostModel.FloatFeatures"/>.</param>
/// <param name="Border">The threshold; not NaN.</param>
public readonly record struct CtrFloatSplit(int Feature, float Border);
