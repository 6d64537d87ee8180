namespace BatchScoring.Models;

/// <summary>What identifies a CTR table. Immutable; equal when its content is.</summary>
/// <param name="Combination">The features that are taken together.</param>
/// <param name="Type">How counts become a number.</param>
/// <param name="TargetBorderClassifier">Which of the target's binarisations was counted.</param>
public sealed record CtrKey(FeatureCombination Combination, CtrType Type, int TargetBorderClassifier);
