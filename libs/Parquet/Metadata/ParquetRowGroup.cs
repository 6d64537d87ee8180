namespace BatchScoring.Parquet;

/// <summary>A row group of a file.</summary>
/// <param name="FirstRow">Number of its first row within the file, from 0.</param>
/// <param name="Rows">How many rows it has.</param>
/// <param name="FooterOffset">Where the footer tells of it, in bytes from the footer's begin.</param>
public readonly record struct ParquetRowGroup(long FirstRow, long Rows, int FooterOffset);
