using BatchScoring.Parquet;

namespace BatchScoring.Tables;

/// <summary>Holds pages against their check sums and lengths before somebody decodes them who does not look.</summary>
public static class ParquetPages
{
    /// <summary>Checks the pages of a slice.</summary>
    /// <param name="path">A local file in which the slice is there.</param>
    /// <param name="shown">What messages call it.</param>
    /// <param name="slice">What will be read of it.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="Core.BatchScoringException"><c>INPUT_CORRUPT</c>: a page is damaged, or the file cannot be read.</exception>
    /// <remarks>A file whose footer cannot be followed is left to whoever decodes it.</remarks>
    public static void Check(string path, string shown, ParquetSlice slice, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(slice);
        try
        {
            using FileByteSource source = new(path);
            if (ParquetFile.TryOpen(source, out _) is not { } file) return;
            using ReadMemory memory = new(ReadMemory.DefaultCapBytes);
            Check(file, [.. file.Columns.Where(column => slice.Columns?.Contains(column.Name, StringComparer.Ordinal) != false)], slice,
                memory, cancellation);
        }
        catch (Exception e) when (e is DamagedPageException or IOException or UnauthorizedAccessException)
        {
            throw ReadingErrors.Unusable(shown, e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>The same for a file that is open.</summary>
    /// <exception cref="DamagedPageException">A page is damaged.</exception>
    internal static void Check(ParquetFile file, IReadOnlyCollection<ParquetColumn> columns, ParquetSlice slice, ReadMemory memory,
        CancellationToken cancellation)
    {
        using PageChecker checker = new(file, memory);
        for (int group = 0; group < file.RowGroups.Count; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (slice.Meets(file.RowGroups[group].FirstRow, file.RowGroups[group].Rows)) checker.Check(group, columns);
        }
    }
}
