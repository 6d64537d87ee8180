using System.IO.Compression;

namespace BatchScoring.Parquet;

/// <summary>
/// gzip (RFC 1952) with its own CRC-32 and length. DuckDB looks at neither, .NET not at those of a page that ends too early.
/// </summary>
internal static unsafe class Gzip
{
    private const int TrailerBytes = 8;

    /// <summary>Decompresses a page.</summary>
    /// <inheritdoc cref="Zstd.Decompress"/>
    public static void Decompress(byte* from, long length, byte* to, long expected)
    {
        using UnmanagedMemoryStream compressed = new(from, length);
        using GZipStream gzip = new(compressed, CompressionMode.Decompress);
        try
        {
            int read = gzip.ReadAtLeast(new Span<byte>(to, (int)expected), (int)expected, throwOnEndOfStream: false);
            if (read != expected || gzip.ReadByte() >= 0 || !EndsAsStated(from, length, to, expected))
                ThrowUnsupported.Data("gzip does not decompress to what the page's header and its own end promise");
        }
        catch (InvalidDataException e)
        {
            ThrowUnsupported.Data($"gzip is damaged: {e.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Of several members the last one: zlib has compared the others.</summary>
    private static bool EndsAsStated(byte* from, long length, byte* to, long expected)
    {
        if (length < TrailerBytes) return false;
        uint* trailer = (uint*)(from + length - TrailerBytes);
        uint size = trailer[1];
        return size <= expected && Crc32.Of(to + expected - size, size) == trailer[0];
    }
}
