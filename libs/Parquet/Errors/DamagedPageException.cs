namespace BatchScoring.Parquet;

/// <summary>
/// A page's bytes are not those that were written: its check sum does not fit, or it does not decompress to what its header promises. Not a
/// <see cref="Unsupported"/>: reading the page in another way, without looking, would hand out what is known to be wrong.
/// </summary>
/// <param name="rowGroup">The row group's place in <see cref="ParquetFile.RowGroups"/>.</param>
/// <param name="column">The column, by its name in the file.</param>
/// <param name="offset">Where the page's bytes begin, from the start of the file.</param>
/// <param name="found">What is wrong with it, as the rest of a sentence.</param>
public sealed class DamagedPageException(int rowGroup, string column, long offset, string found) : Exception(
    $"in row group {rowGroup}, a page of column {column} at byte {offset} is damaged: {found}")
{
    /// <summary>The row group's place in <see cref="ParquetFile.RowGroups"/>.</summary>
    public int RowGroup { get; } = rowGroup;

    /// <summary>The column, by its name in the file.</summary>
    public string Column { get; } = column;

    /// <summary>Where the page's bytes begin, from the start of the file.</summary>
    public long Offset { get; } = offset;
}
