using System.Diagnostics.CodeAnalysis;

namespace BatchScoring.Parquet;

/// <summary>One throw helper per reason. The column's name is added where it is known.</summary>
internal static class ThrowUnsupported
{
    [DoesNotReturn]
    public static void Footer(string detail) => Throw(UnsupportedCodes.Footer, detail);

    [DoesNotReturn]
    public static void Encrypted(string detail) => Throw(UnsupportedCodes.Encrypted, detail);

    [DoesNotReturn]
    public static void External(string detail) => Throw(UnsupportedCodes.External, detail);

    [DoesNotReturn]
    public static void Codec(int codec) =>
        Throw(UnsupportedCodes.Codec, $"its compression is {Codecs.Name(codec)}; read are none, snappy, gzip, brotli and zstd");

    [DoesNotReturn]
    public static void Encoding(int encoding, ParquetType type) =>
        Throw(UnsupportedCodes.Encoding, $"its encoding is {Encodings.Name(encoding)}, which is not read for {type}");

    [DoesNotReturn]
    public static void Levels(string detail) => Throw(UnsupportedCodes.Levels, detail);

    [DoesNotReturn]
    public static void Page(string detail) => Throw(UnsupportedCodes.Page, detail);

    [DoesNotReturn]
    public static void Data(string detail) => Throw(UnsupportedCodes.Data, detail);

    [DoesNotReturn]
    public static void Memory(long wanted, long cap) =>
        Throw(UnsupportedCodes.Memory, $"{wanted:N0} bytes are needed, the reader may take {cap:N0}");

    [DoesNotReturn]
    private static void Throw(string code, string detail) => throw new UnsupportedException(new Unsupported(code, null, detail));
}
