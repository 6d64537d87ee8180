using BatchScoring.Datasets;
using BatchScoring.Runs;

namespace BatchScoring.SparkJobs.Verify;

/// <summary>What verify found about one dataset.</summary>
/// <param name="Dataset">As the store shows it.</param>
/// <param name="Parts">Its files compared with its manifest; null where there is no manifest to compare with.</param>
internal sealed record DatasetCheck(Dataset Dataset, VerifyResult? Parts)
{
    public int Files => Parts?.Files.Count ?? 0;

    /// <summary>What is wrong with the dataset as a whole first, then with its files.</summary>
    public IReadOnlyList<Difference> Differences { get; } =
    [
        .. DatasetProblem.Of(Dataset) is { } problem
            ? new Difference[] { new(Dataset.Folder, nameof(DatasetCondition.Damaged), problem) }
            : [],
        .. (Parts?.Files ?? []).Where(file => !IsAsPublished(file.Finding, Dataset))
            .Select(file => new Difference(file.Key, file.Finding.ToString(), file.Detail)),
    ];

    /// <summary>While a publish is under way, parts are completed one by one; of a revision that was retired they are gone.</summary>
    private static bool IsAsPublished(PartFinding finding, Dataset dataset) =>
        finding == PartFinding.Equal ||
        (finding == PartFinding.Missing && dataset.Condition is (DatasetCondition.Publishing or DatasetCondition.Retired));

    public string Text() => $"{Dataset.Folder}: " + this switch
    {
        { Differences.Count: > 0 } => $"{Files} file(s) read, DIFFERS",
        { Dataset.Condition: DatasetCondition.Publishing } => $"{Files} file(s), half-published: batch-score recover completes it",
        { Dataset.Retirement: { } retirement } =>
            FormattableString.Invariant($"retired on {retirement.Retired:yyyy-MM-dd}, its successor is revision {retirement.Successor}") +
            (Dataset.Files.Count > 0 ? $"; {Dataset.Files.Count} part(s) are still there, and batch-score retire removes them" : ""),
        { Parts: null } => $"{(Dataset.Condition == DatasetCondition.SealedElsewhere ? "delivered" : "arriving")}, nothing to compare with",
        _ => $"{Files} file(s) as published",
    };
}
