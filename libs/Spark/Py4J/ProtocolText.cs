using System.Buffers;
using System.Text;

namespace BatchScoring.Spark.Py4J;

/// <summary>Text within one line: backslash, CR and LF are escaped, nothing else is.</summary>
internal static class ProtocolText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("\\\r\n");

    public static void AppendEscaped(StringBuilder line, ReadOnlySpan<char> text)
    {
        for (int i; (i = text.IndexOfAny(Special)) >= 0; text = text[(i + 1)..])
        {
            line.Append(text[..i]).Append('\\').Append(text[i] switch { '\r' => 'r', '\n' => 'n', char same => same });
        }
        line.Append(text);
    }

    public static string Unescape(ReadOnlySpan<char> text)
    {
        int i = text.IndexOf('\\');
        if (i < 0) return text.ToString();
        StringBuilder plain = new(text.Length);
        for (; i >= 0; i = text.IndexOf('\\'))
        {
            if (i + 1 == text.Length) throw SparkErrors.Protocol("a text that ends within an escape", text.ToString());
            plain.Append(text[..i]).Append(text[i + 1] switch { 'n' => '\n', 'r' => '\r', char same => same });
            text = text[(i + 2)..];
        }
        return plain.Append(text).ToString();
    }
}
