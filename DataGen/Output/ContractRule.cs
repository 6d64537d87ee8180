using System.Text.Json.Serialization;

namespace BatchScoring.DataGen.Output;

/// <summary>What one feature may be.</summary>
internal sealed record ContractRule
{
    [JsonPropertyName("feature")]
    public required string Feature { get; init; }

    [JsonPropertyName("minimum")]
    public double? Minimum { get; init; }

    [JsonPropertyName("maximum")]
    public double? Maximum { get; init; }

    [JsonPropertyName("categories")]
    public IReadOnlyList<string>? Categories { get; init; }
}
