namespace BatchScoring.Parquet;

/// <summary>Bytes of a file, wherever it lies: any range of them can be read at any time.</summary>
/// <remarks>One thread at a time.</remarks>
public interface IByteSource
{
    /// <summary>How many bytes there are.</summary>
    long Length { get; }

    /// <summary>Fills the buffer.</summary>
    /// <param name="offset">Where to begin, from the start of the file.</param>
    /// <param name="buffer">Filled completely.</param>
    /// <exception cref="EndOfStreamException">The file ends before the buffer is full.</exception>
    /// <exception cref="IOException">The bytes cannot be read.</exception>
    void Read(long offset, Span<byte> buffer);
}
