namespace BatchScoring.Parquet;

/// <summary>Encodings, with the numbers of the Parquet format.</summary>
internal static class Encodings
{
    public const int Plain = 0;
    public const int PlainDictionary = 2;
    public const int Rle = 3;
    public const int DeltaBinaryPacked = 5;
    public const int RleDictionary = 8;
    public const int ByteStreamSplit = 9;

    private static readonly string[] _names =
    [
        "PLAIN", "GROUP_VAR_INT", "PLAIN_DICTIONARY", "RLE", "BIT_PACKED", "DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY",
        "DELTA_BYTE_ARRAY", "RLE_DICTIONARY", "BYTE_STREAM_SPLIT",
    ];

    public static IEnumerable<string> Names(int bits) =>
        Enumerable.Range(0, 31).Where(bit => (bits >> bit & 1) != 0).Select(Name);

    public static string Name(int encoding) =>
        encoding >= 0 && encoding < _names.Length ? _names[encoding] : FormattableString.Invariant($"number {encoding}");
}
