using BatchScoring.Core;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What every command shares, resolved: flags over environment over batch-score.yaml over defaults.</summary>
internal sealed record Settings
{
    public required StoreOptions Store { get; init; }

    public required int Threads { get; init; }

    public required int MemoryMiB { get; init; }

    public required OutputFormat Format { get; init; }

    public required bool Quiet { get; init; }
}
