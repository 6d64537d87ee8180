using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>Footers as our own reader has them.</summary>
internal static class ParquetFooters
{
    /// <summary>Reads a footer; nothing else can be read of the answer.</summary>
    /// <param name="path">A local file with its footer in place.</param>
    /// <returns>Null where it cannot be read: DuckDB says what is wrong.</returns>
    public static ParquetFile? Read(string path)
    {
        try
        {
            using var source = new FileByteSource(path);
            return ParquetFile.TryOpen(source, out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A dataset is read by SQL, which knows no letter case, and numbers the rows in a column of its own.</summary>
    /// <param name="file">One of its files.</param>
    /// <param name="shown">What messages call it.</param>
    /// <exception cref="Core.BatchScoringException"><c>INPUT_COLUMN_NAMES</c>.</exception>
    public static void RequireNamesForSql(ParquetFile file, string shown)
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (ParquetColumn column in file.Columns)
        {
            if (column.Name.Equals(ParquetTable.RowNumber, StringComparison.OrdinalIgnoreCase))
                throw ReadingErrors.ReservedName(shown, column.Name);
            if (!names.TryGetValue(column.Name, out string? other)) names.Add(column.Name);
            else throw ReadingErrors.NamesByCase(shown, other, column.Name);
        }
    }
}
