using System.Buffers;
using System.Text;

namespace BatchScoring.Tables.Csv;

/// <summary>Where UTF-8 goes wrong. Whether it does is <see cref="System.Text.Unicode.Utf8.IsValid"/>'s to say, which is fast.</summary>
internal static class Utf8Check
{
    /// <summary>Bytes at the end that begin a character and do not end it.</summary>
    public static int Torn(ReadOnlySpan<byte> text)
    {
        for (int back = 1; back <= Math.Min(3, text.Length); back++)
        {
            if ((text[^back] & 0xC0) == 0x80) continue;
            return Rune.DecodeFromUtf8(text[^back..], out _, out _) == OperationStatus.NeedMoreData ? back : 0;
        }

        return 0;
    }

    /// <summary>The first byte that begins no character of UTF-8; the text's length if there is none.</summary>
    public static int FirstBad(ReadOnlySpan<byte> text)
    {
        int at = 0;
        while (at < text.Length && Rune.DecodeFromUtf8(text[at..], out _, out int length) == OperationStatus.Done) at += length;
        return at;
    }
}
