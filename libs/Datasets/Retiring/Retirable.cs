using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>A replaced revision of scores.</summary>
/// <param name="Dataset">As the store shows it.</param>
/// <param name="Successor">The revision that replaced it: the next one above it that was sealed.</param>
/// <param name="Sealed">When that was.</param>
/// <param name="Kept">Why its parts stay for now, in words; null: they may go.</param>
public sealed record Retirable(Dataset Dataset, Dataset Successor, DateTimeOffset Sealed, string? Kept)
{
    /// <summary>Its parts that are there: all of them, or those that an interrupted command has left.</summary>
    public IReadOnlyList<InputFile> Parts => Dataset.Files;
}
