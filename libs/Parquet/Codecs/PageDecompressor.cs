using System.IO.Compression;

namespace BatchScoring.Parquet;

/// <summary>Decompresses pages; keeps what codecs need from page to page.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed unsafe class PageDecompressor : IDisposable
{
    private readonly Zstd _zstd = new();

    /// <summary>Decompresses what a page holds behind its levels.</summary>
    /// <param name="codec">One of <see cref="Codecs"/>, not none.</param>
    /// <param name="from">Compressed bytes; readable <see cref="NativeBuffer.Slack"/> beyond.</param>
    /// <param name="length">How many.</param>
    /// <param name="to">Takes the result; writable <see cref="NativeBuffer.Slack"/> beyond.</param>
    /// <param name="expected">The result's length.</param>
    /// <exception cref="UnsupportedException">There is no such codec here, or the bytes are damaged:
    /// <see cref="UnsupportedCodes.Data"/>.</exception>
    public void Decompress(int codec, byte* from, long length, byte* to, long expected)
    {
        if (expected == 0 && length == 0) return;
        switch (codec)
        {
            case Codecs.Snappy:
                Snappy.Decompress(from, length, to, expected);
                break;
            case Codecs.Zstd:
                _zstd.Decompress(from, length, to, expected);
                break;
            case Codecs.Gzip:
                Gzip.Decompress(from, length, to, expected);
                break;
            case Codecs.Brotli:
                if (!BrotliDecoder.TryDecompress(new ReadOnlySpan<byte>(from, (int)length), new Span<byte>(to, (int)expected),
                    out int written) || written != expected)
                    ThrowUnsupported.Data("brotli does not decompress to what the page's header promises");
                break;
            default:
                ThrowUnsupported.Codec(codec);
                break;
        }
    }

    public void Dispose() => _zstd.Dispose();
}
