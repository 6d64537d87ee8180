using System.Text.Json.Serialization;

namespace BatchScoring.Core;

/// <summary>How a run ended.</summary>
public enum Verdict
{
    /// <summary>This attempt published the result.</summary>
    [JsonStringEnumMemberName("published")]
    Published,

    /// <summary>The same result had been published before; nothing was done.</summary>
    [JsonStringEnumMemberName("already_published")]
    AlreadyPublished,

    /// <summary>Another attempt won with the same content; this one gave its parts up.</summary>
    [JsonStringEnumMemberName("lost_to_equal")]
    LostToEqual,

    /// <summary>A quality gate holds the result.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>It failed; the error says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
