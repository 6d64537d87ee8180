namespace BatchScoring.Datasets;

/// <summary>One file as verify saw it.</summary>
/// <param name="Key">The file.</param>
/// <param name="Finding">What was found.</param>
/// <param name="Detail">One sentence for people; empty when equal.</param>
public sealed record VerifiedPart(string Key, PartFinding Finding, string Detail);
