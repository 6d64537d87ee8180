using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>What a file's footer says of its rows.</summary>
/// <param name="Columns">The columns in the file's order, with DuckDB's types.</param>
/// <param name="RowGroups">Rows of each row group.</param>
public sealed record ParquetShape(IReadOnlyList<DuckColumn> Columns, IReadOnlyList<long> RowGroups);
