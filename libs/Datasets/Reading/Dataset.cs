using BatchScoring.Core;

namespace BatchScoring.Datasets;

/// <summary>The files of a folder that belong together.</summary>
/// <param name="Folder">The folder, with <c>revision=N/</c> where there are revisions.</param>
/// <param name="Condition">Whether it may be read.</param>
public sealed record Dataset(string Folder, DatasetCondition Condition)
{
    /// <summary>The revision, or null for a folder without revisions.</summary>
    public int? Revision { get; init; }

    /// <summary>The manifest; null where there is none that can be read.</summary>
    public ManifestFile? Manifest { get; init; }

    /// <summary>
    /// The data files in the order of their keys' UTF-8 bytes: of a manifest exactly its parts (of a retired one those that are not gone
    /// yet), otherwise all that are no marks.
    /// </summary>
    public IReadOnlyList<InputFile> Files { get; init; } = [];

    /// <summary>True when it has no rows; of files without a manifest, when there are none.</summary>
    public bool IsEmpty => Manifest is { } manifest ? manifest.Manifest.Content.Rows == 0 : Files.Count == 0;

    /// <summary>When and why it is <see cref="DatasetCondition.Retired"/>; null otherwise.</summary>
    public Retirement? Retirement { get; init; }

    /// <summary>Why it is <see cref="DatasetCondition.Damaged"/>; null otherwise.</summary>
    public DatasetException? Problem { get; init; }
}
