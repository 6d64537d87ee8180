namespace BatchScoring.Core;

/// <summary>One column of a dataset.</summary>
/// <param name="Name">The name, as in the Parquet files.</param>
/// <param name="Type">The type as DuckDB spells it: <c>FLOAT</c>, <c>DOUBLE</c>, <c>BIGINT</c>, <c>VARCHAR</c> …</param>
/// <param name="Role">What it is for.</param>
public sealed record DatasetColumn(string Name, string Type, ColumnRole Role = ColumnRole.Feature);
