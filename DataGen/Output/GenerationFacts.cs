using System.Text.Json.Serialization;

namespace BatchScoring.DataGen.Output;

/// <summary>
/// What a generated table is: <c>_about/datagen.json</c>. It holds no time and no place, so that the same request gives the same bytes.
/// </summary>
internal sealed record GenerationFacts
{
    /// <summary>What was asked for.</summary>
    [JsonPropertyName("request")]
    public required GenerationRequest Request { get; init; }

    /// <summary>Columns with key and outcomes.</summary>
    [JsonPropertyName("columns")]
    public required int Columns { get; init; }

    /// <summary>Names of the files, in the order of the rows.</summary>
    [JsonPropertyName("files")]
    public required IReadOnlyList<string> Files { get; init; }

    [JsonPropertyName("bytes")]
    public required long Bytes { get; init; }

    [JsonPropertyName("defaults")]
    public required long Defaults { get; init; }

    /// <summary>AUC of the true probabilities: what no model can expect to exceed. Null when all rows default, or none.</summary>
    [JsonPropertyName("best_auc")]
    public required double? BestAuc { get; init; }

    /// <summary>SHA-256 of the hidden model's file.</summary>
    [JsonPropertyName("model_sha256")]
    public required string ModelSha256 { get; init; }

    /// <summary>Columns that are all one value.</summary>
    [JsonPropertyName("constant_columns")]
    public required IReadOnlyList<string> ConstantColumns { get; init; }

    [JsonPropertyName("category_columns")]
    public required IReadOnlyList<string> CategoryColumns { get; init; }

    /// <summary>Columns that are rescaled copies of each other, or nearly (the correlation of what they show is 0.99 or more).</summary>
    [JsonPropertyName("copied_columns")]
    public required IReadOnlyList<IReadOnlyList<string>> CopiedColumns { get; init; }

    /// <summary>Bad rows by the code that they should be set aside for.</summary>
    [JsonPropertyName("planted")]
    public required IReadOnlyDictionary<string, long> Planted { get; init; }
}
