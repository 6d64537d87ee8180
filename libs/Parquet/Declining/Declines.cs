using System.Diagnostics.CodeAnalysis;

namespace BatchScoring.Parquet;

/// <summary>One throw helper per kind of decline. The column's name is added where it is known.</summary>
internal static class Declines
{
    [DoesNotReturn]
    public static void Footer(string detail) => Throw(DeclineCodes.Footer, detail);

    [DoesNotReturn]
    public static void Encrypted(string detail) => Throw(DeclineCodes.Encrypted, detail);

    [DoesNotReturn]
    public static void External(string detail) => Throw(DeclineCodes.External, detail);

    [DoesNotReturn]
    public static void Codec(int codec) => Throw(DeclineCodes.Codec, $"its compression is {Codecs.Name(codec)}; read are none, snappy, gzip, brotli and zstd");

    [DoesNotReturn]
    public static void Encoding(int encoding, ParquetType type) =>
        Throw(DeclineCodes.Encoding, $"its encoding is {Encodings.Name(encoding)}, which is not read for {type}");

    [DoesNotReturn]
    public static void Levels(string detail) => Throw(DeclineCodes.Levels, detail);

    [DoesNotReturn]
    public static void Page(string detail) => Throw(DeclineCodes.Page, detail);

    [DoesNotReturn]
    public static void Data(string detail) => Throw(DeclineCodes.Data, detail);

    [DoesNotReturn]
    public static void Memory(long wanted, long cap) => Throw(DeclineCodes.Memory, $"{wanted:N0} bytes are needed, the reader may take {cap:N0}");

    /// <summary>The same decline, about this column.</summary>
    public static Decline Of(DeclineException error, string? column) => error.Decline.Column is null ? error.Decline with { Column = column } : error.Decline;

    [DoesNotReturn]
    private static void Throw(string code, string detail) => throw new DeclineException(new Decline(code, null, detail));
}
