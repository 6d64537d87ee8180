using System.Text.Json.Serialization;

namespace BatchScoring.DataGen.Output;

/// <summary>What decides the bytes of a table. Threads do not.</summary>
internal sealed record GenerationRequest
{
    [JsonPropertyName("rows")]
    public required long Rows { get; init; }

    /// <summary>Rows of each file but the last, a multiple of 4.</summary>
    [JsonPropertyName("rows_per_file")]
    public int RowsPerFile { get; init; } = 100_000;

    [JsonPropertyName("seed")]
    public required ulong Seed { get; init; }

    [JsonPropertyName("format")]
    public required string Format { get; init; }

    [JsonPropertyName("dirt")]
    public required long Dirt { get; init; }
}
