namespace BatchScoring.SparkJobs.Verify;

/// <summary>Something that is not as it was published.</summary>
/// <param name="Key">The file, or the dataset's folder.</param>
/// <param name="Finding">What kind of difference, for programs.</param>
/// <param name="Detail">For people.</param>
internal sealed record Difference(string Key, string Finding, string Detail);
