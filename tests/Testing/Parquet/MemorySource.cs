using BatchScoring.Parquet;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>A file in memory.</summary>
public sealed class MemorySource(byte[] bytes) : IByteSource
{
    public long Length => bytes.Length;

    public void Read(long offset, Span<byte> buffer)
    {
        if (offset > bytes.Length - buffer.Length) throw new EndOfStreamException($"The file ends at byte {bytes.Length}.");
        bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
    }
}
