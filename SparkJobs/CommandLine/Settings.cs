using BatchScoring.Core;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>What every command shares, resolved: flags over environment over batch-score.yaml over defaults.</summary>
internal sealed record Settings
{
    public required StoreOptions Store { get; init; }

    public required int Threads { get; init; }

    public required int MemoryMiB { get; init; }

    /// <summary>
    /// True when somebody chose the memory; the default of a runner in a container is smaller than that of a whole machine.
    /// </summary>
    public required bool MemoryGiven { get; init; }

    public required EngineKind Engine { get; init; }

    /// <summary>Set when this program is a driver that <c>submit</c> started: where it leaves its answer.</summary>
    public string? Submission { get; init; }

    public required OutputFormat Format { get; init; }

    public required bool Quiet { get; init; }

    /// <summary>Progress also where the answer is JSON.</summary>
    public bool Progress { get; init; }

    /// <summary>True to log single splits, too.</summary>
    public bool Verbose { get; init; }

    /// <summary>How log messages are written; null: not at all, unless <see cref="Verbose"/>.</summary>
    public OutputFormat? LogFormat { get; init; }
}
