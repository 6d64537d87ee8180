using BatchScoring.Parquet;

namespace BatchScoring.Tests.Testing.Parquet;

/// <summary>A column of a file that a test makes up.</summary>
public sealed record TestColumn(string Name, ParquetType Type, ulong?[] Values)
{
    /// <summary>False writes no levels; all values must be there then.</summary>
    public bool IsOptional { get; init; } = true;

    public TestEncoding Encoding { get; init; }

    public int Codec { get; init; }

    /// <summary>The compression of every other row group; null for the same.</summary>
    public int? OddCodec { get; init; }

    public bool IsV2 { get; init; }

    public bool HasCrc { get; init; }

    public int RowsPerPage { get; init; } = 1000;

    /// <summary>So many bytes are missing at the end of what is compressed, as if a writer had stopped too early.</summary>
    public int BytesCut { get; init; }

    /// <summary>gzip without compression: a flipped bit meets nothing but a value.</summary>
    public bool IsStored { get; init; }

    /// <summary>Pages of indices end behind the byte that tells their width, which is 0 then.</summary>
    public bool WithoutIndices { get; init; }

    /// <summary>So many bytes the footer makes its chunks too short.</summary>
    public int BytesForgotten { get; init; }

    /// <summary>How long the footer says that its Bloom filters are, of which there are none; null says nothing.</summary>
    public int? BloomBytes { get; init; }

    /// <summary>Bits of an index; null takes as many as the dictionary needs.</summary>
    public int? IndexWidth { get; init; }

    /// <summary>Decides where runs are repeated and where packed.</summary>
    public int Seed { get; init; }

    /// <summary>The texts of a column of byte arrays, whose values are places in here.</summary>
    public IReadOnlyList<byte[]> Texts { get; init; } = [];

    /// <summary>
    /// What the schema calls the type, with the numbers of the format's ConvertedType: 0 is UTF8, 5 DECIMAL; null for nothing.
    /// </summary>
    public int? Converted { get; init; }

    /// <summary>Digits of a decimal number, and those behind the point.</summary>
    public (int Precision, int? Scale)? Digits { get; init; }

    /// <summary>Bytes of a value; 0 for truth values.</summary>
    public int Width => Type switch
    {
        ParquetType.Boolean => 0,
        ParquetType.Int64 or ParquetType.Double => 8,
        _ => 4,
    };

    public static TestColumn Floats(string name, IEnumerable<float?> values) =>
        new(name, ParquetType.Float, [.. values.Select(value => value is { } it ? BitConverter.SingleToUInt32Bits(it) : (ulong?)null)]);

    /// <summary>Byte arrays that the schema calls UTF-8, whatever they are.</summary>
    public static TestColumn OfTexts(string name, params byte[]?[] texts)
    {
        byte[][] pool = [.. texts.OfType<byte[]>().DistinctBy(Convert.ToHexString)];
        ulong?[] places = [.. texts.Select(text => text is null ? (ulong?)null : Place(text))];
        return new(name, ParquetType.ByteArray, places) { Texts = pool, Converted = 0 };

        ulong Place(byte[] text) => (ulong)Array.FindIndex(pool, other => other.AsSpan().SequenceEqual(text));
    }

    /// <summary>Decimal numbers as integers of 32 or 64 bits, without their point.</summary>
    public static TestColumn Decimals(string name, int precision, int? scale, IEnumerable<long?> unscaled) =>
        Integers(name, unscaled, isWide: precision > 9) with { Converted = 5, Digits = (precision, scale) };

    public static TestColumn Doubles(string name, IEnumerable<double?> values) =>
        new(name, ParquetType.Double, [.. values.Select(value => value is { } it ? BitConverter.DoubleToUInt64Bits(it) : (ulong?)null)]);

    public static TestColumn Integers(string name, IEnumerable<long?> values, bool isWide = true) =>
        new(name, isWide ? ParquetType.Int64 : ParquetType.Int32,
            [.. values.Select(value => value is { } it ? (isWide ? (ulong)it : (uint)(int)it) : (ulong?)null)]);

    public static TestColumn Booleans(string name, IEnumerable<bool?> values) =>
        new(name, ParquetType.Boolean, [.. values.Select(value => value is { } it ? (it ? 1ul : 0) : (ulong?)null)]);
}
