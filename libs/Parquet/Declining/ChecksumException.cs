namespace BatchScoring.Parquet;

/// <summary>
/// A page's bytes do not have the check sum that the page's header states: the file is damaged. Not a <see cref="Decline"/>: reading the
/// page in another way, without looking at the sum, would hand out what is known to be wrong.
/// </summary>
/// <param name="column">The column, by its name in the file.</param>
/// <param name="offset">Where the page's bytes begin, from the start of the file.</param>
/// <param name="stated">The CRC-32 in the header.</param>
/// <param name="found">The CRC-32 of the bytes.</param>
public sealed class ChecksumException(string column, long offset, uint stated, uint found) : Exception(
    $"a page of column {column} at byte {offset} has the check sum {found:x8}, its header states {stated:x8}")
{
    /// <summary>The column, by its name in the file.</summary>
    public string Column { get; } = column;

    /// <summary>Where the page's bytes begin, from the start of the file.</summary>
    public long Offset { get; } = offset;
}
