using Microsoft.Win32.SafeHandles;

namespace BatchScoring.Parquet;

/// <summary>A local file, read by <c>pread</c>: a file that is cut while it is read yields an error, where a mapped one would end the
/// process.</summary>
public sealed class FileByteSource : IByteSource, IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly Action<long, long>? _wait;

    /// <summary>Opens the file.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="wait">Called with offset and length before each read, and comes back when those bytes are there; null when all
    /// are.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public FileByteSource(string path, Action<long, long>? wait = null)
    {
        _wait = wait;
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Length = RandomAccess.GetLength(_file);
    }

    /// <inheritdoc/>
    public long Length { get; }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> buffer)
    {
        _wait?.Invoke(offset, buffer.Length);
        while (buffer.Length > 0)
        {
            int read = RandomAccess.Read(_file, buffer, offset);
            if (read == 0) throw new EndOfStreamException($"The file ends at byte {offset}.");
            offset += read;
            buffer = buffer[read..];
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _file.Dispose();
}
