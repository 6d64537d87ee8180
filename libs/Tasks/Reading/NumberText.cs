using System.Globalization;
using System.Text;

namespace BatchScoring.Tasks.Reading;

/// <summary>
/// A number's text as CatBoost reads it: straight to float32 (never through double), −0 becomes 0, certain texts mean "missing".
/// </summary>
public static class NumberText
{
    private static readonly HashSet<string> Missing = new(StringComparer.Ordinal)
    {
        "", "-", "NA", "Na", "na", "nan", "NaN", "NAN", "#NA", "N/A", "n/a", "#N/A", "-NaN", "-nan", "NULL", "null", "Null", "none", "None",
        "#N/A N/A", "-1.#IND", "-1.#QNAN", "1.#IND", "1.#QNAN",
    };

    private const int LongestMark = 9;

    /// <summary>Reads a number.</summary>
    /// <param name="utf8">The text as it stands; spaces are not skipped.</param>
    /// <param name="value">The number; NaN where the text marks a missing value.</param>
    /// <returns>False when the text is neither a number nor such a mark.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out float value)
    {
        const NumberStyles style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        // The last character is looked at because float.Parse skips zero bytes at the end and knows "Infinity" and "NaN" by its own rules.
        if (utf8.Length > 0 && utf8[^1] is (>= (byte)'0' and <= (byte)'9') or (byte)'.'
            && float.TryParse(utf8, style, CultureInfo.InvariantCulture, out value))
        {
            if (value == 0) value = 0;
            return true;
        }

        return TryParseWord(utf8, out value);
    }

    private static bool TryParseWord(ReadOnlySpan<byte> utf8, out float value)
    {
        value = float.NaN;
        if (utf8.Length > LongestMark) return false;
        string text = Encoding.UTF8.GetString(utf8);
        if (Missing.Contains(text)) return true;
        bool negative = text.StartsWith('-');
        ReadOnlySpan<char> word = negative ? text.AsSpan(1) : text;
        if (!word.Equals("inf", StringComparison.OrdinalIgnoreCase) && !word.Equals("infinity", StringComparison.OrdinalIgnoreCase)) return false;
        value = negative ? float.NegativeInfinity : float.PositiveInfinity;
        return true;
    }
}
