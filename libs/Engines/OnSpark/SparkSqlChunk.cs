using BatchScoring.Spark;

namespace BatchScoring.Engines;

/// <summary>Rows from Spark, turned into columns when they arrive: their cells came as text anyway.</summary>
internal sealed class SparkSqlChunk : ISqlChunk
{
    /// <summary>As many as DuckDB hands over at a time.</summary>
    public const int MostRows = 2048;

    private readonly IReadOnlyList<SparkColumn> _columns;
    private readonly double[][] _values;
    private readonly bool[][] _nulls;

    public SparkSqlChunk(IReadOnlyList<SparkColumn> columns, IReadOnlyList<Row> rows)
    {
        (_columns, Rows) = (columns, rows.Count);
        _values = [.. columns.Select((column, i) =>
            column.Type == "double" ? rows.Select(row => row.Get(i) as double? ?? 0).ToArray() : [])];
        _nulls = [.. columns.Select((_, i) => rows.Select(row => row.Get(i) is null).ToArray())];
    }

    public int Rows { get; }

    public ReadOnlySpan<double> Doubles(int column) => _columns[column].Type == "double"
        ? _values[column]
        : throw SparkSql.WrongType(_columns[column], "this reader takes DOUBLE");

    public bool IsNull(int column, int row) => _nulls[column][row];
}
