using System.Text;

namespace BatchScoring.Dispatcher.Web;

/// <summary>A log's bytes as people may read them: whatever a program printed, it moves no cursor and turns no text around.</summary>
internal static class LogText
{
    /// <summary>How many of the bytes are whole lines; all of them where no line ends among them.</summary>
    public static int WholeLines(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.LastIndexOf((byte)'\n') + 1;
        return end > 0 ? end : WholeLetters(bytes);
    }

    /// <summary>How many of the bytes do not end within a letter of UTF-8.</summary>
    public static int WholeLetters(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            byte last = bytes[^back];
            if (last < 0x80) break;
            if (last < 0xC0) continue;
            int needed = last >= 0xF0 ? 4 : last >= 0xE0 ? 3 : 2;
            return back < needed ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }

    /// <summary>The text: control characters by their pictures, a lone carriage return as the line break that it looks like.</summary>
    public static string Shown(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new StringBuilder(Encoding.UTF8.GetString(bytes)).Replace("\r\n", "\n");
        for (int i = 0; i < text.Length; i++)
        {
            text[i] = text[i] switch
            {
                '\n' or '\t' => text[i],
                '\r' => '\n',
                < ' ' => (char)(0x2400 + text[i]),
                '\x7F' => '\u2421',
                >= '\x80' and < '\xA0' or '\u200E' or '\u200F' => '\uFFFD',
                (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => '\uFFFD',
                char plain => plain,
            };
        }

        return text.ToString();
    }
}
