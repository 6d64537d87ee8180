using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>
/// Parquet files as a table in SQL. A step of their path like <c>run_date=2026-11-21</c> never becomes a column: it would also replace a
/// column of that name in the files.
/// </summary>
public static class ParquetSql
{
    /// <summary>The files' columns, and nothing else.</summary>
    /// <param name="paths">Local files with the same columns; one at least.</param>
    public static string Table(params IEnumerable<string> paths) => $"read_parquet({DuckSql.Files(paths)}, hive_partitioning = false)";

    /// <summary>With a column <c>file_row_number</c> besides: the row's number in its file, from 0.</summary>
    /// <param name="paths">Local files with the same columns; one at least.</param>
    public static string NumberedTable(params IEnumerable<string> paths) =>
        $"read_parquet({DuckSql.Files(paths)}, file_row_number = true, hive_partitioning = false)";

    /// <summary>As <see cref="NumberedTable(IEnumerable{string})"/>, and with each row's file.</summary>
    /// <param name="fileColumn">What the column with the file's path, spelled as in <paramref name="paths"/>, is called; none of the files
    /// may
    /// have a column of that name.</param>
    /// <param name="paths">Local files with the same columns; one at least.</param>
    public static string NumberedTableWithFile(string fileColumn, IEnumerable<string> paths) =>
        $"read_parquet({DuckSql.Files(paths)}, filename = {DuckSql.Literal(fileColumn)}, file_row_number = true, hive_partitioning = false)";
}
