using BatchScoring.Core;

namespace BatchScoring.Engines;

/// <summary>A Parquet file that a query left.</summary>
/// <param name="File">Key, size and version as the store has it.</param>
/// <param name="Rows">Rows in it.</param>
public sealed record SqlFile(InputFile File, long Rows);
