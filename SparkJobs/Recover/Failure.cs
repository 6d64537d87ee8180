using BatchScoring.Hosting;

namespace BatchScoring.SparkJobs.Recover;

/// <summary>A folder that could not be finished.</summary>
/// <param name="Folder">The dataset's folder.</param>
/// <param name="Error">Why.</param>
internal sealed record Failure(string Folder, ErrorText Error);
