namespace BatchScoring.Datasets;

/// <summary>What a recovery did.</summary>
/// <param name="Outcome">What was found.</param>
/// <param name="Manifest">The manifest that stands, or null.</param>
public sealed record RecoverResult(RecoverOutcome Outcome, ManifestFile? Manifest)
{
    /// <summary>Keys of parts that were lost and made again, equal to the byte.</summary>
    public IReadOnlyList<string> Remade { get; init; } = [];

    /// <summary>Why the Delta log beside the scores could not be brought up to date, or null. Nothing else depends on it.</summary>
    public string? IndexProblem { get; init; }
}
