using System.CommandLine;
using System.CommandLine.Parsing;

namespace BatchScoring.Hosting;

/// <summary>What is wrong with a command line, in words of whoever wrote it: no type names of .NET, and what may have been meant.</summary>
public static class UsageText
{
    /// <summary>One sentence per error; empty when the line can be understood.</summary>
    /// <param name="line">The parsed line.</param>
    public static IReadOnlyList<string> Of(ParseResult line)
    {
        // An unknown word is one error; that something is missing besides, because the word was to be it, is noise.
        IEnumerable<string> unknown = line.CommandResult.Command.TreatUnmatchedTokensAsErrors
            ? line.UnmatchedTokens.Select(word => Unknown(word, line.CommandResult))
            : [];
        IEnumerable<string> others = line.Errors.Where(error => !IsOfUnknownWord(error, line)).Select(Text);
        return [.. unknown.Concat(others).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsOfUnknownWord(ParseError error, ParseResult line) =>
        error.SymbolResult is CommandResult
            && line.UnmatchedTokens.Any(word => error.Message.Contains($"'{word}'", StringComparison.Ordinal));

    private static string Unknown(string word, CommandResult command) => word.StartsWith('-')
        ? $"{word} is no option of {command.Command.Name}.{Similar.Hint(word, Options(command))}"
        : command.Command.Subcommands.Count > 0
            ? $"'{word}' is no command.{Similar.Hint(word, command.Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name))}"
            : $"'{word}' is one word too many for {command.Command.Name}.{Similar.Hint("--" + word, Options(command))}";

    /// <summary>Those of the command and what its parents hand down.</summary>
    private static IEnumerable<string> Options(CommandResult command)
    {
        for (SymbolResult? at = command; at is not null; at = at.Parent)
        {
            if (at is not CommandResult level) continue;
            foreach (Option option in level.Command.Options.Where(option => !option.Hidden && (at == command || option.Recursive)))
                yield return option.Name;
        }
    }

    private static string Text(ParseError error)
    {
        (string name, Type type, IReadOnlyList<Token> tokens) = error.SymbolResult switch
        {
            OptionResult option => (option.Option.Name, option.Option.ValueType, option.Tokens),
            ArgumentResult { Parent: OptionResult option } => (option.Option.Name, option.Option.ValueType, option.Tokens),
            ArgumentResult argument => (argument.Argument.Name, argument.Argument.ValueType, argument.Tokens),
            _ => ("", typeof(string), []),
        };
        string value = tokens.Count > 0 ? tokens[^1].Value : "";
        if (error.Message.Contains("as expected type", StringComparison.Ordinal))
            return $"{name} is '{value}'; it must be {Expected(type)}.{Hint(value, type)}";
        if (AllowedValues(error.Message) is { Length: > 0 } allowed)
            return $"{name} is '{value}'; it must be {string.Join(" or ", allowed)}.{Similar.Hint(value, allowed)}";
        return error.Message;
    }

    private static string Hint(string value, Type type) => Underlying(type).IsEnum ? Similar.Hint(value, Names(type)) : "";

    private static string Expected(Type type) => Underlying(type) switch
    {
        { IsEnum: true } => string.Join(" or ", Names(type)),
        Type whole when whole == typeof(int) || whole == typeof(long) => "a whole number",
        Type positive when positive == typeof(ulong) || positive == typeof(uint) => "a whole number, 0 or more",
        Type number when number == typeof(double) || number == typeof(float) || number == typeof(decimal) => "a number like 0.5",
        Type truth when truth == typeof(bool) => "true or false",
        _ => "another value",
    };

    private static IEnumerable<string> Names(Type type) => Enum.GetNames(Underlying(type)).Select(name => name.ToLowerInvariant());

    private static Type Underlying(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    /// <summary>
    /// The values of an option that takes only some: the library lists them one per line, in quotes, under its first line.
    /// </summary>
    private static string[] AllowedValues(string message) =>
        [.. message.Split('\n').Skip(1).Select(text => text.Trim().Trim('\'')).Where(text => text.Length > 0)];
}
