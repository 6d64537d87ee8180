namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>All questions <c>value &gt; border</c> about one CTR; question <c>k</c> has mask <c>FirstMask + k</c>.</summary>
/// <param name="Projection">Position in <see cref="MaskPlan.Projections"/>: what the table is looked up with.</param>
/// <param name="Feature">Priors, shift, scale.</param>
/// <param name="Table">The counts.</param>
/// <param name="Borders">Thresholds, never NaN.</param>
/// <param name="FirstMask">Number of the first question's mask.</param>
internal sealed record CtrQuestions(int Projection, CtrFeature Feature, CtrTable Table, float[] Borders, int FirstMask);
