namespace BatchScoring.SparkJobs.Import;

/// <summary>One Parquet file of the source.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Path">Where it lies, absolute.</param>
/// <param name="Shown">The file that was to be imported.</param>
/// <param name="RowGroups">Rows of each row group.</param>
internal sealed record SourceFile(int Index, string Path, string Shown, IReadOnlyList<long> RowGroups)
{
    public long Rows { get; } = RowGroups.Sum();
}
