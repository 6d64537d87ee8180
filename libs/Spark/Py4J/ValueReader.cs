using System.Globalization;

namespace BatchScoring.Spark.Py4J;

/// <summary>Values of answers as .NET values; an object is its <see cref="ObjectId"/>, void and null are null.</summary>
internal static class ValueReader
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static object? Read(ReadOnlySpan<char> value)
    {
        if (value.IsEmpty) throw SparkErrors.Protocol("a value without a type", "");
        ReadOnlySpan<char> text = value[1..];
        return value[0] switch
        {
            'n' or 'v' => null,
            'i' when int.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out int number) => number,
            'L' when long.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out long number) => number,
            'd' when double.TryParse(text, NumberStyles.Float, Invariant, out double number) => number,
            'D' when decimal.TryParse(text, NumberStyles.Float, Invariant, out decimal number) => number,
            'b' when text is "true" => true,
            'b' when text is "false" => false,
            's' => ProtocolText.Unescape(text),
            'j' => Bytes(text),
            'r' or 'l' or 'a' or 'h' or 't' or 'g' => ObjectId.Parse(text),
            _ => throw SparkErrors.Protocol("a value that cannot be read", value.ToString()),
        };
    }

    private static byte[] Bytes(ReadOnlySpan<char> base64)
    {
        byte[] bytes = new byte[base64.Length / 4 * 3];
        if (!Convert.TryFromBase64Chars(base64, bytes, out int count))
            throw SparkErrors.Protocol("bytes that are no Base64", base64.ToString());
        return bytes[..count];
    }
}
