using System.Buffers;
using System.Globalization;
using System.Text;
using DuckDB.NET.Native;

namespace BatchScoring.DuckDb;

/// <summary>Spells names and values in SQL, for the places where parameters are not possible.</summary>
public static class DuckSql
{
    /// <summary>What DuckDB expands in a path that it reads.</summary>
    private static readonly SearchValues<char> Wildcards = SearchValues.Create("[*?");

    /// <summary>A column or table name in double quotes.</summary>
    /// <exception cref="ArgumentException">The name is empty or holds U+0000, which DuckDB cannot take.</exception>
    public static string Identifier(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Quote(name, '"');
    }

    /// <summary>A text literal in single quotes.</summary>
    /// <exception cref="ArgumentException">The text holds U+0000, which DuckDB cannot take.</exception>
    public static string Literal(string text) => Quote(text, '\'');

    /// <summary>The path of one file to be read, for <c>read_parquet</c>, <c>read_csv</c>, <c>parquet_metadata</c> and the like. It means
    /// that file alone, also where its name holds <c>[</c>, <c>*</c> or <c>?</c>. Where <c>COPY … TO</c> writes, a path is a plain
    /// <see cref="Literal(string)"/>.</summary>
    /// <exception cref="DuckDbException">The path holds a backslash and a wildcard, which DuckDB can be told in no way.</exception>
    /// <exception cref="ArgumentException">The path holds U+0000.</exception>
    public static string File(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!path.AsSpan().ContainsAny(Wildcards)) return Literal(path);
        if (path.Contains('\\'))
        {
            throw new DuckDbException(DuckDBErrorType.InvalidInput,
                $"The path {path} holds a backslash and one of [ * ?, and cannot be given to DuckDB. Rename the file or its folder.");
        }

        // DuckDB knows no escape, but a set of one character.
        StringBuilder escaped = new(path.Length + 8);
        foreach (char letter in path)
            _ = Wildcards.Contains(letter) ? escaped.Append('[').Append(letter).Append(']') : escaped.Append(letter);
        return Literal(escaped.ToString());
    }

    /// <summary>Paths as <see cref="File"/>, in square brackets.</summary>
    public static string Files(IEnumerable<string> paths) => $"[{string.Join(", ", paths.Select(File))}]";

    /// <summary>A list of text literals in square brackets; for paths of files to be read see <see cref="Files"/>.</summary>
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
