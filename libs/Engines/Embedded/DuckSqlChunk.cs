using BatchScoring.DuckDb;

namespace BatchScoring.Engines;

/// <summary>DuckDB's own buffers: nothing is copied.</summary>
internal sealed class DuckSqlChunk(DuckChunk chunk, IReadOnlyList<DuckColumn> columns) : ISqlChunk
{
    public int Rows => chunk.Rows;

    public ReadOnlySpan<double> Doubles(int column) => columns[column].Type == DuckType.Double
        ? chunk.Values<double>(column)
        : throw EmbeddedSql.WrongType(columns[column], "this reader takes DOUBLE");

    public bool IsNull(int column, int row) => chunk.IsNull(column, row);
}
