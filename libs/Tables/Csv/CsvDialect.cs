namespace BatchScoring.Tables.Csv;

/// <summary>How a text table is written: what stands between its cells, and whether a quote is more than a letter.</summary>
/// <param name="Delimiter">The byte between two cells: an ASCII character, neither a quote nor a line end.</param>
/// <param name="Quotes">True as RFC 4180 has it: a cell that begins with a quote ends with one, and may hold delimiters, line ends and
/// doubled quotes. False where a cell is its bytes and a row is its line.</param>
public sealed record CsvDialect(byte Delimiter, bool Quotes)
{
    /// <summary>The dialect of a file, by its ending: <c>.tsv</c> and <c>.tab</c> have tabs and no quotes, everything else commas and
    /// quotes. A <c>.gz</c> behind the ending does not count.</summary>
    /// <param name="path">The file's name.</param>
    /// <param name="delimiter">What stands between the cells in spite of the ending; null for what the ending says.</param>
    /// <exception cref="ArgumentException">The delimiter cannot be one.</exception>
    public static CsvDialect Of(string path, char? delimiter = null)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        bool tabs = name.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".tab", StringComparison.OrdinalIgnoreCase);
        char between = delimiter ?? (tabs ? '\t' : ',');
        if (!IsDelimiter(between))
            throw new ArgumentException(
                "A delimiter is one ASCII character, neither a quote, a line end, a letter, a digit nor a sign of a number.",
                nameof(delimiter));
        return new CsvDialect((byte)between, Quotes: !tabs);
    }

    /// <summary>Whether a character may stand between cells: ASCII, and no part of a number or a word.</summary>
    public static bool IsDelimiter(char character) =>
        character == '\t' || (character is > ' ' and <= '~' && !char.IsAsciiLetterOrDigit(character)
            && character is not ('"' or '-' or '+' or '.'));
}
