using BatchScoring.Core;
using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// Parquet files as a table in SQL. A step of their path like <c>run_date=2026-11-21</c> never becomes a column: it would also replace a
/// column of that name in the files.
/// </summary>
public static class ParquetSql
{
    /// <summary>
    /// The most rows of a row group that is written: a multiple of DuckDB's vector; five of them make a file of 100,000 rows, which two
    /// readers can share.
    /// </summary>
    public const int MostRowGroupRows = 20_480;

    /// <summary>Values of a row group: who writes or reads one holds all of them.</summary>
    private const int RowGroupValues = 8 << 20;

    /// <summary>Rows of a row group of a table so wide, a multiple of DuckDB's vector.</summary>
    /// <param name="columns">How many columns, 1 or more.</param>
    public static int RowGroupRows(int columns) =>
        Math.Clamp(RowGroupValues / columns / DuckChunk.MaxRows * DuckChunk.MaxRows, DuckChunk.MaxRows, MostRowGroupRows);

    /// <summary>The files' columns, and nothing else.</summary>
    /// <param name="paths">Local files with the same columns; one at least.</param>
    public static string Table(params IEnumerable<string> paths) => $"read_parquet({DuckSql.Files(paths)}, hive_partitioning = false)";

    /// <summary>What stands in the place of a table's columns where no file holds them; the caller lets no row through.</summary>
    public static string Nulls(IEnumerable<DatasetColumn> columns) =>
        string.Join(", ", columns.Select(column => $"CAST(NULL AS {column.Type}) AS {DuckSql.Identifier(column.Name)}"));

    /// <summary>With a column <c>file_row_number</c> besides: the row's number in its file, from 0.</summary>
    /// <param name="paths">Local files with the same columns; one at least.</param>
    public static string NumberedTable(params IEnumerable<string> paths) =>
        $"read_parquet({DuckSql.Files(paths)}, file_row_number = true, hive_partitioning = false)";

    /// <summary>As <see cref="NumberedTable(IEnumerable{string})"/> of one file, with the columns that it does not simply hold.</summary>
    /// <param name="path">A local file.</param>
    /// <param name="names">Its columns as DuckDB calls them.</param>
    /// <param name="columns">The columns that stand in the place of those of their names, or beside them.</param>
    public static string NumberedView(string path, IEnumerable<string> names, IReadOnlyList<InputColumn> columns)
    {
        if (columns.Count == 0) return NumberedTable(path);
        HashSet<string> viewed = new(columns.Select(column => column.Name), StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> list = names.Where(name => !viewed.Contains(name)).Select(DuckSql.Identifier)
            .Concat(columns.Select(column => $"{Expression(column)} AS {DuckSql.Identifier(column.Name)}"));
        return $"(SELECT {string.Join(", ", list)}, file_row_number FROM {NumberedTable(path)})";
    }

    /// <summary>As <see cref="NumberedTable(IEnumerable{string})"/>, and with each row's file.</summary>
    /// <param name="fileColumn">What the column with the file's path, spelled as in <paramref name="paths"/>, is called; none of the files
    /// may have a column of that name.</param>
    /// <param name="paths">Local files with the same columns; one at least.</param>
    public static string NumberedTableWithFile(string fileColumn, IEnumerable<string> paths) =>
        $"read_parquet({DuckSql.Files(paths)}, filename = {DuckSql.Literal(fileColumn)}, file_row_number = true, hive_partitioning = false)";

    private static string Expression(InputColumn column)
    {
        string value = column.FileColumn is { } name ? DuckSql.Identifier(name)
            : column.Value is { } text ? DuckSql.Literal(text) : "NULL";
        return column.Type is { } type ? $"CAST({value} AS {type})" : value;
    }
}
