namespace BatchScoring.Parquet;

/// <summary>Compressions, with the numbers of the Parquet format.</summary>
internal static class Codecs
{
    public const int None = 0;
    public const int Snappy = 1;
    public const int Gzip = 2;
    public const int Brotli = 4;
    public const int Zstd = 6;

    private static readonly string[] _names = ["uncompressed", "snappy", "gzip", "lzo", "brotli", "lz4", "zstd", "lz4_raw"];

    public static bool IsRead(int codec) => codec is None or Snappy or Gzip or Brotli or Zstd;

    public static string Name(int codec) =>
        codec >= 0 && codec < _names.Length ? _names[codec] : FormattableString.Invariant($"codec {codec}");
}
