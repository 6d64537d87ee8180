namespace BatchScoring.Datasets;

/// <summary>What a publish did.</summary>
/// <param name="Outcome">Who won.</param>
/// <param name="Winner">The manifest that stands in the folder now, sealed.</param>
public sealed record PublishResult(PublishOutcome Outcome, ManifestFile Winner)
{
    /// <summary>Keys of parts that were lost after the manifest and made again, equal to the byte.</summary>
    public IReadOnlyList<string> Remade { get; init; } = [];

    /// <summary>Why the Delta log beside the scores could not be brought up to date, or null. Nothing else depends on it.</summary>
    public string? IndexProblem { get; init; }
}
