using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>What a footer has that DuckDB refuses together with the whole file, naming no column; asked after it did.</summary>
internal static class FooterFaults
{
    /// <param name="path">A local file with its footer in place.</param>
    /// <param name="footer">The same, where somebody has read it.</param>
    /// <returns>Null where nothing is known to be the reason.</returns>
    public static Unsupported? Find(string path, ParquetFile? footer = null)
    {
        try
        {
            if (footer is not null) return Find(footer);
            using var source = new FileByteSource(path);
            return ParquetFile.TryOpen(source, out Unsupported? reason) is { } file ? Find(file) : reason;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static Unsupported? Find(ParquetFile file) =>
        file.Columns.FirstOrDefault(column => column.Decimal is { Scale: null }) is { } column
            ? new Unsupported(UnsupportedCodes.ColumnType, column.Name, "it is of type DECIMAL and has no scale (which means 0)")
            : UnknownForms.Find(file);
}
