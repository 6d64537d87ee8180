using BatchScoring.DuckDb;
using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>A Parquet file as DuckDB reads it, its columns by the names that the file gives them.</summary>
internal static class ParquetTable
{
    /// <summary>DuckDB's name for a row's number, which no column may have where it is asked for.</summary>
    public const string RowNumber = "file_row_number";

    /// <summary>Reads the schema from the footer.</summary>
    public static SourceTable Open(DuckConnection connection, SplitReadRequest request)
    {
        if (!File.Exists(request.Path)) throw ReadingErrors.NotFound(request.Shown);
        ParquetFile? footer = request.Footer ?? ParquetFooters.Read(request.Path);
        if (footer?.Columns.FirstOrDefault(column => column.Name.Equals(RowNumber, StringComparison.OrdinalIgnoreCase)) is { } reserved)
            throw ReadingErrors.ReservedName(request.Shown, reserved.Name);
        // Folder names such as run_date=2026-11-21 must not become columns.
        string from = ParquetSql.NumberedTable(request.Path);
        IReadOnlyList<DuckColumn> held = ColumnsOf(connection, from);
        TableColumn[] columns = [.. held.Select((column, i) => Column(column, i, footer, held.Count))];
        if (request.View.Count == 0) return new SourceTable(request.Shown, from, columns, RowNumber);
        from = ParquetSql.NumberedView(request.Path, held.Select(column => column.Name), request.View);
        return new SourceTable(request.Shown, from,
            [.. ColumnsOf(connection, from).Select(column => Viewed(column, columns, request))], RowNumber);
    }

    private static IReadOnlyList<DuckColumn> ColumnsOf(DuckConnection connection, string from)
    {
        using DuckResult result = connection.Query($"SELECT * EXCLUDE ({RowNumber}) FROM {from} LIMIT 0");
        return result.Columns;
    }

    private static TableColumn Viewed(DuckColumn column, IReadOnlyList<TableColumn> held, SplitReadRequest request)
    {
        string? name = request.Viewed(column.Name) is { } viewed ? viewed.Type is null ? viewed.FileColumn : null : column.Name;
        return new TableColumn(column.Name, DuckSql.Identifier(column.Name), column)
        {
            Decimal = held.FirstOrDefault(it => it.Name == name)?.Decimal,
        };
    }

    /// <summary>DuckDB knows no letter case and renames what is the same to it ("A" beside "a" becomes "A_1"): the names are the footer's,
    /// the expression is DuckDB's.</summary>
    private static TableColumn Column(DuckColumn column, int place, ParquetFile? footer, int count)
    {
        ParquetColumn? own = footer?.Columns.Count == count ? footer.Columns[place] : null;
        return new TableColumn(own?.Name ?? column.Name, DuckSql.Identifier(column.Name), column) { Decimal = own?.Decimal };
    }
}
