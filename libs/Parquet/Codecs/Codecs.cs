namespace BatchScoring.Parquet;

/// <summary>Compressions, with the numbers of the Parquet format.</summary>
internal static class Codecs
{
    public const int None = 0;
    public const int Snappy = 1;
    public const int Zstd = 6;

    private static readonly string[] _names = ["uncompressed", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4_raw"];

    public static string Name(int codec) => codec >= 0 && codec < _names.Length ? _names[codec] : FormattableString.Invariant($"codec {codec}");
}
