using BatchScoring.DuckDb;

namespace BatchScoring.Tables;

/// <summary>A Parquet file.</summary>
internal static class ParquetTable
{
    /// <summary>Reads the schema from the footer.</summary>
    public static SourceTable Open(DuckConnection connection, SplitReadRequest request)
    {
        if (!File.Exists(request.Path)) throw ReadingErrors.NotFound(request.Shown);
        // Folder names such as run_date=2026-11-21 must not become columns.
        string from = $"read_parquet({DuckSql.File(request.Path)}, file_row_number = true, hive_partitioning = false)";
        using DuckResult result = connection.Query($"SELECT * EXCLUDE (file_row_number) FROM {from} LIMIT 0");
        return new SourceTable(
            request.Shown, from,
            [.. result.Columns.Select(column => new TableColumn(column.Name, DuckSql.Identifier(column.Name), column))],
            "file_row_number");
    }
}
