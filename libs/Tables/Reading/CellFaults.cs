using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>Finds the cell for which DuckDB has refused a column without saying where it stands.</summary>
internal static class CellFaults
{
    /// <returns>Null where the column is no column of texts, or all that can be looked at here are UTF-8.</returns>
    public static InvalidText? FindText(SplitReadRequest request, string column)
    {
        try
        {
            using var source = new FileByteSource(request.Path);
            if (ParquetFile.TryOpen(source, out _) is not { } file) return null;
            using var memory = new ReadMemory(ReadMemory.DefaultCapBytes);
            return file.Columns.FirstOrDefault(it => it.Name == (request.Viewed(column)?.FileColumn ?? column)) is { } found
                ? InvalidText.Find(file, found, request.FirstRow, memory)
                : null;
        }
        catch (Exception e) when (e is IOException or DamagedPageException)
        {
            return null; // Nobody knows more than DuckDB, then.
        }
    }
}
