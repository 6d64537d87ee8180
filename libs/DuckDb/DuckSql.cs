using System.Globalization;

namespace BatchScoring.DuckDb;

/// <summary>Spells names and values in SQL, for the places where parameters are not possible.</summary>
public static class DuckSql
{
    /// <summary>A column or table name in double quotes.</summary>
    /// <exception cref="ArgumentException">The name holds U+0000, which DuckDB cannot take.</exception>
    public static string Identifier(string name) => Quote(name, '"');

    /// <summary>A text literal in single quotes.</summary>
    /// <exception cref="ArgumentException">The text holds U+0000, which DuckDB cannot take.</exception>
    public static string Literal(string text) => Quote(text, '\'');

    /// <summary>A list of text literals in square brackets, as <c>read_parquet</c> takes it.</summary>
    public static string Literals(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(Literal))}]";

    /// <summary>An integer literal.</summary>
    public static string Literal(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Quote(string text, char quote)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains('\0')) throw new ArgumentException("Text with U+0000 cannot stand in SQL.", nameof(text));
        string mark = quote.ToString();
        return mark + text.Replace(mark, mark + mark, StringComparison.Ordinal) + mark;
    }
}
