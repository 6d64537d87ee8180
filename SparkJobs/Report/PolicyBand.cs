using System.Text.Json.Serialization;

namespace BatchScoring.SparkJobs.Report;

/// <summary>A band of scores.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Below">Its upper end, which does not belong to it; null for the last band.</param>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PolicyBand(string Name, double? Below = null);
