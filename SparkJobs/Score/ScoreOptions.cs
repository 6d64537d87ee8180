using BatchScoring.Core;
using BatchScoring.Runs;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Score;

/// <summary>What <c>score</c> is asked for.</summary>
internal sealed record ScoreOptions
{
    public required RunDate Date { get; init; }

    public required string Model { get; init; }

    /// <summary>The key column; null takes it from the sample's manifest.</summary>
    public string? Key { get; init; }

    public IReadOnlyList<string> PassThrough { get; init; } = [];

    /// <summary>A contract file: value ranges and category rules per feature.</summary>
    public string? Contract { get; init; }

    public int Revision { get; init; } = 1;

    /// <summary>Why another revision is made.</summary>
    public string? Reason { get; init; }

    public bool Unsealed { get; init; }

    /// <summary>What of a sample that others delivered is scored.</summary>
    public FolderRequest Folder { get; init; } = new();

    public bool TrustKeys { get; init; }

    public GateLimits Limits { get; init; } = Gate.Default;

    public string? ReleaseReason { get; init; }

    /// <summary>Who reads Parquet; the result is the same, so it is not part of the fingerprint.</summary>
    public ReaderChoice Reader { get; init; }

    public bool DryRun { get; init; }
}
