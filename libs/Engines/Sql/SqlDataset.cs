using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>Parquet files of one schema that a query sees as one table. The caller names the files, as a manifest lists them.</summary>
public sealed record SqlDataset
{
    /// <summary>The table's name in the query: letters, digits and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>The files, pinned; at least one.</summary>
    public required IReadOnlyList<InputFile> Files { get; init; }

    /// <summary>
    /// The columns that the table has, in this order; null means all. From S3 only these are fetched, so name them where the table is wide.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }
}
