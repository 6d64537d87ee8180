using System.Text.Json.Serialization;

namespace BatchScoring.Core;

/// <summary>How a task ended, when its process lived to tell.</summary>
public enum TaskResultStatus
{
    /// <summary>The part is pending and all counts are final.</summary>
    [JsonStringEnumMemberName("done")]
    Done,

    /// <summary>The input cannot be used (corrupt file, wrong type, changed since the plan): a retry gives the same.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,

    /// <summary>The credentials of the header line have expired: send the split again with fresh ones.</summary>
    [JsonStringEnumMemberName("credentials_expired")]
    CredentialsExpired,

    /// <summary>The stop sign appeared, or the process was asked to end.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,
}
