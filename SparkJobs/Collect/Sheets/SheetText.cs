using System.Buffers;

namespace BatchScoring.SparkJobs.Collect.Sheets;

/// <summary>
/// Texts as cells of a workbook have them (ECMA-376 part 1, 22.9.2.19 ST_Xstring): what XML cannot hold, or would change, stands as
/// <c>_xHHHH_</c>; a text that looks like that by itself has its underscore written so.
/// </summary>
internal static class SheetText
{
    /// <summary>The most UTF-16 units of a cell; a spreadsheet calls a file with more of them damaged.</summary>
    public const int MostLetters = 32_767;

    /// <summary>Line feed and tab stay as they are; U+FFFE and U+FFFF begin with the byte EF.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create(
    [
        .. Enumerable.Range(0, 0x20).Except([(int)'\t', (int)'\n']).Select(code => (byte)code),
        (byte)'&', (byte)'<', (byte)'>', (byte)'_', 0xEF,
    ]);

    public static void Write(Utf8Sink sink, ReadOnlySpan<byte> utf8)
    {
        for (int special; (special = utf8.IndexOfAny(Special)) >= 0;)
        {
            sink.Put(utf8[..special]);
            utf8 = utf8[special..];
            utf8 = utf8[WriteSpecial(sink, utf8)..];
        }

        sink.Put(utf8);
    }

    /// <returns>How many bytes were taken.</returns>
    private static int WriteSpecial(Utf8Sink sink, ReadOnlySpan<byte> utf8)
    {
        switch (utf8[0])
        {
            case (byte)'&': sink.Put("&amp;"u8); return 1;
            case (byte)'<': sink.Put("&lt;"u8); return 1;
            case (byte)'>': sink.Put("&gt;"u8); return 1;
            case (byte)'_' when LooksEscaped(utf8): sink.Put("_x005F_"u8); return 1;
            case 0xEF when utf8 is [_, 0xBF, 0xBE or 0xBF, ..]: sink.Put(utf8[2] == 0xBE ? "_xFFFE_"u8 : "_xFFFF_"u8); return 3;
            case < 0x20:
                sink.Put("_x00"u8);
                sink.Put(utf8[0], "X2");
                sink.Put((byte)'_');
                return 1;
            default: sink.Put(utf8[0]); return 1;
        }
    }

    private static bool LooksEscaped(ReadOnlySpan<byte> utf8) => utf8.Length >= 7 && utf8[1] == 'x' && utf8[6] == '_'
        && !utf8[2..6].ContainsAnyExcept("0123456789abcdefABCDEF"u8);
}
