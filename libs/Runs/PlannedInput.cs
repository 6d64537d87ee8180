using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>The input as planned: pinned files cut into splits.</summary>
public sealed record PlannedInput
{
    /// <summary>The dataset's folder, or null where not every file in it is input.</summary>
    public string? Folder { get; init; }

    /// <summary>Every file that is read, as it was seen.</summary>
    public required IReadOnlyList<InputFile> Files { get; init; }

    /// <summary>The files cut for tasks; empty where no tasks read them.</summary>
    public required IReadOnlyList<SplitInput> Splits { get; init; }

    /// <summary>The columns of the files.</summary>
    public required IReadOnlyList<DatasetColumn> Columns { get; init; }

    /// <summary>What identifies the content: the sealing manifest's hash, or the files' names, sizes and versions.</summary>
    public required string Identity { get; init; }

    /// <summary>The hash of the manifest that seals the files; null when none does.</summary>
    public string? ManifestSha256 { get; init; }

    /// <summary>The version of the Delta table that is read; null for other input.</summary>
    public long? TableVersion { get; init; }

    /// <summary>Columns that stand both in files and in the names of their folders, where nothing says which counts.</summary>
    public IReadOnlyCollection<string> Contradicted { get; init; } = [];

    /// <summary>Rows of all splits.</summary>
    public long Rows => Splits.Sum(split => split.Rows);
}
