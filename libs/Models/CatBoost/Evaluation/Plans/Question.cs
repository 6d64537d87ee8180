namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>A distinct question: equal if every row answers it equally.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Feature">Position in the model's list of numeric, categorical (not one-hot) or CTR features.</param>
/// <param name="Bits">The border's float bits, or the category's hash.</param>
internal readonly record struct Question(BinaryFeatureKind Kind, int Feature, int Bits);
