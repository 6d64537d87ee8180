namespace BatchScoring.Tables.Csv;

/// <summary>What the first bytes of a file say that it is, where it is no text in UTF-8.</summary>
internal static class CsvSignature
{
    /// <summary>Bytes to look at.</summary>
    public const int Bytes = 8;

    private static readonly (byte[] Start, string Found)[] Known =
    [
        ([0xFF, 0xFE, 0, 0], "it begins with the byte order mark of UTF-32"),
        ([0, 0, 0xFE, 0xFF], "it begins with the byte order mark of UTF-32"),
        ([0xFF, 0xFE], "it begins with the byte order mark of UTF-16"),
        ([0xFE, 0xFF], "it begins with the byte order mark of UTF-16"),
        ([0x1F, 0x8B], "it is packed by gzip, twice"),
        ([0x28, 0xB5, 0x2F, 0xFD], "it is packed by zstd; unpack it, or pack it by gzip"),
        ([0xFD, .. "7zXZ"u8], "it is packed by xz; unpack it, or pack it by gzip"),
        ([.. "BZh"u8], "it is packed by bzip2; unpack it, or pack it by gzip"),
        ([.. "PK"u8, 3, 4], "it is a zip archive (as .xlsx files are); unpack it, or save the table as CSV"),
        ([.. "PAR1"u8], "it is a Parquet file; let its name end in .parquet"),
        ([0xD0, 0xCF, 0x11, 0xE0], "it is a file of an old Microsoft Office (as .xls files are); save the table as CSV"),
    ];

    public static bool IsGzip(ReadOnlySpan<byte> start) => start is [0x1F, 0x8B, ..];

    /// <returns>Null when nothing speaks against text in UTF-8.</returns>
    public static string? Refuse(ReadOnlySpan<byte> start)
    {
        foreach ((byte[] known, string found) in Known)
        {
            if (start.StartsWith(known)) return found;
        }

        return null;
    }

    /// <summary>Bytes of the mark of UTF-8 that a text may begin with.</summary>
    public static int Mark(ReadOnlySpan<byte> start) => start is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0;
}
