using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>What a model's contract allows for one feature. Missing numbers are always allowed: models have an answer for them.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Minimum">Numbers below it are <see cref="QuarantineCodes.OutOfRange"/>; null for no limit.</param>
/// <param name="Maximum">Numbers above it are <see cref="QuarantineCodes.OutOfRange"/>; null for no limit.</param>
/// <param name="Categories">All categories that may come; others are <see cref="QuarantineCodes.UnknownCategory"/>; null for any.</param>
public sealed record FeatureRule(
    string Feature, double? Minimum = null, double? Maximum = null, IReadOnlyList<string>? Categories = null);
