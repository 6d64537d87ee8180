namespace BatchScoring.Tables.Csv;

/// <summary>Notices a table that is written with another delimiter than it is read with.</summary>
public static class DelimiterHint
{
    private static readonly (char Delimiter, string Name, string Option)[] Usual =
        [(';', "semicolons", "';'"), ('\t', "tabs", "tab"), ('|', "bars", "'|'"), (',', "commas", "','")];

    /// <summary>Looks at the names of a header, where one that is needed is missing.</summary>
    /// <param name="names">The names that were found.</param>
    /// <returns>A sentence that begins with a blank; nothing when the names look as they should.</returns>
    public static string Of(IReadOnlyList<string> names)
    {
        if (names.Count != 1) return "";
        foreach ((char delimiter, string name, string option) in Usual)
        {
            if (names[0].Contains(delimiter, StringComparison.Ordinal))
                return $" The file looks as if {name} stood between its cells: say --delimiter {option}. Numbers need a decimal point, " +
                    "as in 12.5.";
        }

        return "";
    }
}
