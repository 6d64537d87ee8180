namespace BatchScoring.Statistics;

/// <summary>Hosmer and Lemeshow's test: do predicted and seen bads agree over ten groups of about equal count?</summary>
/// <param name="Statistic">Σ (bads − Σp)² ÷ (Σp · (1 − p̄)) over the groups; ∞ where a group was promised 0 or 1 and came
/// otherwise.</param>
/// <param name="Degrees">Groups − 2.</param>
/// <param name="PValue">The chance of a larger statistic if the probabilities are right; small = they are not.</param>
public readonly record struct HosmerLemeshow(double Statistic, int Degrees, double PValue);
