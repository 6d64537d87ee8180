using System.Text.Json.Serialization;

namespace BatchScoring.Scoring;

/// <summary>How a feature was spread over the training table's rows. Frozen there: later rows are counted in the same groups.</summary>
/// <param name="Rows">Rows of the table.</param>
/// <param name="Missing">Rows without a value.</param>
/// <param name="Edges">
/// Upper ends of a number's groups, ascending; the last group has none. A value belongs to the first group whose end is not below it.
/// Empty for a category, and where only missing values were counted.
/// </param>
/// <param name="Counts">
/// Rows per group, missing ones apart: of a number one more than there are edges, of a category one per entry of
/// <see cref="FeatureRule.Categories"/>, in that order. Empty where only missing values were counted.
/// </param>
public sealed record FeatureProfile(long Rows, long Missing, IReadOnlyList<float>? Edges = null, IReadOnlyList<long>? Counts = null)
{
    /// <summary>True where rows are counted in groups, not only missing values.</summary>
    [JsonIgnore]
    public bool HasGroups => Edges is { Count: > 0 } || Counts is { Count: > 0 };
}
