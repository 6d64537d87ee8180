using System.Text;

namespace BatchScoring.Reporting;

/// <summary>
/// Takes from foreign text what could do more than be read: control characters (terminal escapes, line breaks), marks that turn the reading
/// direction, and broken surrogates. Each becomes U+FFFD, so that a reader sees that something was there; line breaks and tabs become
/// spaces.
/// </summary>
internal static class SafeText
{
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char safe = c switch
            {
                '\n' or '\r' or '\t' => ' ',
                _ when char.IsControl(c) || TurnsDirection(c) || IsBrokenSurrogate(text, i) => '\uFFFD',
                _ => c,
            };
            if (safe != c) clean ??= new StringBuilder(text);
            if (clean is not null) clean[i] = safe;
        }
        return clean?.ToString() ?? text;
    }

    private static bool TurnsDirection(char c) =>
        c is '\u061C' or '\u200E' or '\u200F' or '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    private static bool IsBrokenSurrogate(string text, int i) =>
        char.IsHighSurrogate(text[i]) ? i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1])
        : char.IsLowSurrogate(text[i]) && (i == 0 || !char.IsHighSurrogate(text[i - 1]));
}
