using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>What a schema has that DuckDB refuses together with the whole file, naming no column; asked after it did.</summary>
internal static class SchemaFaults
{
    /// <returns>Null where nothing is known to be the reason.</returns>
    public static Unsupported? Find(SplitReadRequest request)
    {
        if ((request.Footer ?? ParquetFooters.Read(request.Path)) is not { } file) return null;
        ParquetColumn? column = file.Columns.FirstOrDefault(column => column.Decimal is { Scale: null });
        return column is null ? null
            : new Unsupported(UnsupportedCodes.ColumnType, column.Name, "it is of type DECIMAL and has no scale (which means 0)");
    }
}
