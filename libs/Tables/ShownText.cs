using System.Globalization;
using System.Text;

namespace BatchScoring.Tables;

/// <summary>Names and values of a file as messages show them.</summary>
public static class ShownText
{
    /// <summary>Writes characters that nobody can see, or that look like a blank and are none, as <c>&lt;U+FEFF&gt;</c>.</summary>
    /// <param name="text">A name or a value; null stays null.</param>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text)
    {
        if (text is null || !text.EnumerateRunes().Any(IsInvisible)) return text;
        var shown = new StringBuilder();
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (IsInvisible(rune)) shown.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
            else shown.Append(rune);
        }

        return shown.ToString();
    }

    private static bool IsInvisible(Rune rune) =>
        rune.Value != ' ' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.PrivateUse;
}
