using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>
/// What a model's contract allows for one feature. A row's missing number is always allowed: models have an answer for it.
/// </summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Minimum">Numbers below it are <see cref="QuarantineCodes.OutOfRange"/>; null for no limit.</param>
/// <param name="Maximum">Numbers above it are <see cref="QuarantineCodes.OutOfRange"/>; null for no limit.</param>
/// <param name="Categories">
/// All categories that may come; others are <see cref="QuarantineCodes.UnknownCategory"/>; null for any.
/// </param>
/// <param name="MaxMissingPercent">The most rows, in percent of those read, that may lack the number; null for no limit.</param>
/// <param name="Training">How it was spread in the training table; null where nobody counted. It limits nothing.</param>
public sealed record FeatureRule(
    string Feature, double? Minimum = null, double? Maximum = null, IReadOnlyList<string>? Categories = null,
    double? MaxMissingPercent = null, FeatureProfile? Training = null)
{
    /// <summary>What contradicts itself, in a sentence; null for a rule that can be used.</summary>
    public string? Problem()
    {
        if (Minimum > Maximum) return $"the minimum of '{Feature}' lies above its maximum";
        if (MaxMissingPercent is { } percent && !(percent is >= 0 and <= 100))
            return $"max_missing_percent of '{Feature}' is not between 0 and 100";
        if (Training is not { HasGroups: true } training) return null;
        IReadOnlyList<long> counts = training.Counts ?? [];
        if (counts.Any(count => count < 0)) return $"the training counts of '{Feature}' cannot be negative";
        IReadOnlyList<float> edges = training.Edges ?? [];
        if (edges.Zip(edges.Skip(1)).Any(pair => !(pair.First < pair.Second))) return $"the training edges of '{Feature}' do not rise";
        int groups = Categories?.Count ?? edges.Count + 1;
        return counts.Count == groups ? null : $"'{Feature}' has {counts.Count} training counts for {groups} groups";
    }
}
