using System.Text.Json.Serialization;

namespace BatchScoring.Core;

/// <summary>What a column is for.</summary>
public enum ColumnRole
{
    /// <summary>A numeric feature, or a column that nothing else is known of.</summary>
    [JsonStringEnumMemberName("feature")]
    Feature,

    /// <summary>A categorical feature: text, or integers that stand for their decimal text.</summary>
    [JsonStringEnumMemberName("category")]
    Category,

    /// <summary>Names the row.</summary>
    [JsonStringEnumMemberName("key")]
    Key,

    /// <summary>The outcome that is learned; never part of a sample.</summary>
    [JsonStringEnumMemberName("label")]
    Label,

    /// <summary>A result of scoring.</summary>
    [JsonStringEnumMemberName("score")]
    Score,
}
