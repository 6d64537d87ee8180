using BatchScoring.Core;
using BatchScoring.Runs;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Import;

/// <summary>What <c>import</c> is asked for.</summary>
internal sealed record ImportOptions
{
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>What of folders is imported.</summary>
    public FolderRequest Folder { get; init; } = new();

    /// <summary>What stands between the cells of CSV; null for what its ending says.</summary>
    public char? Delimiter { get; init; }

    public required string Key { get; init; }

    public string? Label { get; init; }

    /// <summary>Further columns that are known only with the outcome: kept in train/ and test/, never part of a sample.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>A model whose features say which columns are numbers and which are categories.</summary>
    public string? LikeModel { get; init; }

    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Rows for which this SQL condition holds go to test/; excludes <see cref="TestShare"/>.</summary>
    public string? TestWhere { get; init; }

    /// <summary>The share of keys that goes to test/, by key hash.</summary>
    public double TestShare { get; init; } = 0.2;

    /// <summary>One date draws 1/k of the pool.</summary>
    public int SampleSlots { get; init; } = 10;

    public required RunDate FirstDate { get; init; }

    public string Salt { get; init; } = "batch-scoring";

    public GateLimits Limits { get; init; } = Gate.Default;

    public string? ReleaseReason { get; init; }

    public bool DryRun { get; init; }
}
