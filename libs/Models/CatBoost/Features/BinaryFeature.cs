namespace BatchScoring.Models;

/// <summary>One possible split: a question about one feature whose answer is yes or no.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Feature">Position in the model's list of this kind: <see cref="CatBoostModel.FloatFeatures"/>,
/// <see cref="CatBoostModel.OneHotFeatures"/> or <see cref="CatBoostModel.CtrFeatures"/>.</param>
/// <param name="Threshold">Position of the border or value in the feature.</param>
public readonly record struct BinaryFeature(BinaryFeatureKind Kind, int Feature, int Threshold);
