namespace BatchScoring.SparkJobs.Import;

/// <summary>One Parquet file of the source.</summary>
internal sealed record SourceFile(int Index, string Path, long Rows);
