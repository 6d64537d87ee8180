using BatchScoring.Core;

namespace BatchScoring.SparkJobs.Runs;

/// <summary>The input as planned: pinned files cut into splits.</summary>
internal sealed record PlannedInput
{
    /// <summary>The dataset's folder, or null for plain files that are no part of a root.</summary>
    public string? Folder { get; init; }

    public required IReadOnlyList<InputFile> Files { get; init; }

    public required IReadOnlyList<SplitInput> Splits { get; init; }

    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>What identifies the content: the sealing manifest's hash, or the files' names, sizes and versions.</summary>
    public required string Identity { get; init; }

    public string? ManifestSha256 { get; init; }

    public long Rows => Splits.Sum(split => split.Rows);
}
