using System.Globalization;

namespace BatchScoring.Tables;

/// <summary>
/// What is a number's text, the same for every way in: as CatBoost reads it, rounded to the nearest double; −0 is 0, and certain texts mean
/// "missing". A float32 is made of the double, as CatBoost makes it.
/// </summary>
/// <remarks>Stricter than CatBoost in one thing: blanks around a number, hexadecimal and the like are no numbers. Thread safe.</remarks>
public static class NumberText
{
    private const int MostDigits = 18;

    private const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>The texts that mean "missing"; the empty text is one of them.</summary>
    public static IReadOnlyList<string> MissingMarks { get; } =
    [
        "", "-", "NA", "Na", "na", "nan", "NaN", "NAN", "#NA", "N/A", "n/a", "#N/A", "-NaN", "-nan", "NULL", "null", "Null", "none", "None",
        "#N/A N/A", "-1.#IND", "-1.#QNAN", "1.#IND", "1.#QNAN",
    ];

    private static readonly byte[][] Marks = [.. MissingMarks.Select(System.Text.Encoding.UTF8.GetBytes)];

    private static readonly int LongestMark = Marks.Max(mark => mark.Length);

    /// <summary>Reads a number.</summary>
    /// <param name="utf8">The text as it stands; blanks are not skipped.</param>
    /// <param name="value">The number, rounded to the nearest double and infinite where it is too large; NaN where the text marks a missing
    /// value, or is neither.</param>
    /// <returns>False when the text is neither a number nor such a mark.</returns>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out double value)
    {
        // The last character is looked at because the parser skips zero bytes at the end and knows "Infinity" and "NaN" by its own rules.
        if (utf8.Length > 0 && utf8[^1] is (>= (byte)'0' and <= (byte)'9') or (byte)'.'
            && double.TryParse(utf8, Style, CultureInfo.InvariantCulture, out value))
        {
            if (value == 0) value = 0;
            return true;
        }

        if (IsInfinite(utf8, out value)) return true;
        value = double.NaN;
        return IsMissing(utf8);
    }

    /// <summary>Reads a number as float32, by way of <see cref="TryParse(ReadOnlySpan{byte}, out double)"/>.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out double)"/>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out float value)
    {
        bool isNumber = TryParse(utf8, out double number);
        value = (float)number + 0f; // What becomes −0 only now is 0, too.
        return isNumber;
    }

    /// <summary>What a text is.</summary>
    /// <param name="utf8">The text as it stands.</param>
    public static TextKind KindOf(ReadOnlySpan<byte> utf8)
    {
        if (IsInteger(utf8)) return TextKind.Integer;
        if (!TryParse(utf8, out double value)) return TextKind.Text;
        return double.IsNaN(value) ? TextKind.Missing : TextKind.Number;
    }

    /// <summary>Reads a text that is <see cref="TextKind.Integer"/>.</summary>
    /// <returns>False when it is something else.</returns>
    public static bool TryParseInteger(ReadOnlySpan<byte> utf8, out long value)
    {
        value = 0;
        return IsInteger(utf8) && long.TryParse(utf8, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Whether a text is one of <see cref="MissingMarks"/>.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestMark) return false;
        foreach (byte[] mark in Marks)
        {
            if (utf8.SequenceEqual(mark)) return true;
        }

        return false;
    }

    private static bool IsInteger(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> digits = text.Length > 1 && text[0] == '-' ? text[1..] : text;
        if (digits.Length is 0 or > MostDigits || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9')) return false;
        return digits[0] != '0' || text.Length == 1;
    }

    private static bool IsInfinite(ReadOnlySpan<byte> utf8, out double value)
    {
        bool isNegative = utf8.Length > 0 && utf8[0] == '-';
        ReadOnlySpan<byte> word = isNegative ? utf8[1..] : utf8;
        value = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return System.Text.Ascii.EqualsIgnoreCase(word, "inf"u8) || System.Text.Ascii.EqualsIgnoreCase(word, "infinity"u8);
    }
}
