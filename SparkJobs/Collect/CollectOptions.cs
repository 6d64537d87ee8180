using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>What to bring together, and where to.</summary>
internal sealed record CollectOptions
{
    public required RunDate Date { get; init; }

    public int? Revision { get; init; }

    /// <summary>A local file, or <c>-</c>.</summary>
    public required string Output { get; init; }

    public bool Overwrite { get; init; }

    public bool DryRun { get; init; }
}
