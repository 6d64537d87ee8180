using System.CommandLine;
using System.CommandLine.Parsing;
using BatchScoring.Tables.Csv;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The option <c>--delimiter</c>.</summary>
internal static class DelimiterOption
{
    /// <summary>Of a text that is read.</summary>
    public static Option<char?> OfInput() =>
        Create("What stands between the cells of a text input: one character, or 'tab'; by default a comma, in .tsv a tab.");

    public static Option<char?> Create(string description) => new("--delimiter")
    {
        Description = description,
        CustomParser = Parse,
        HelpName = "character",
    };

    private static char? Parse(ArgumentResult result)
    {
        string text = result.Tokens.Single().Value switch { "tab" or "\\t" => "\t", var other => other };
        if (text.Length == 1 && CsvDialect.IsDelimiter(text[0])) return text[0];
        result.AddError($"'{text}' cannot stand between cells. Allowed are 'tab' and one ASCII sign such as ; or | (no letter, digit, " +
            "quote, blank, or sign of a number).");
        return null;
    }
}
