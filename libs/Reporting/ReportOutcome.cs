using System.Text.Json.Serialization;

namespace BatchScoring.Reporting;

/// <summary>How good the news is.</summary>
public enum ReportOutcome
{
    /// <summary>All went as it should.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Done, but somebody should look.</summary>
    [JsonStringEnumMemberName("warning")]
    Warning,

    /// <summary>A gate holds the result: nothing was published, somebody has to decide.</summary>
    [JsonStringEnumMemberName("held")]
    Held,

    /// <summary>The run failed; nothing was published.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
