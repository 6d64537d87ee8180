using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace BatchScoring.Hosting;

/// <summary>The options and arguments of a command, in the order in which they are declared: that of its help.</summary>
public sealed class CommandParameters
{
    private readonly List<Symbol> _all = [];

    /// <summary>Declares an option.</summary>
    public Option<T> Add<T>(Option<T> option)
    {
        _all.Add(option);
        return option;
    }

    /// <summary>Declares an argument.</summary>
    public Argument<T> Add<T>(Argument<T> argument)
    {
        _all.Add(argument);
        return argument;
    }

    /// <summary>An option that may be left out.</summary>
    public Option<string?> Text(string name, string helpName, string description) =>
        Add(new Option<string?>(name) { HelpName = helpName, Description = description });

    /// <summary>An option that must be given.</summary>
    public Option<string> RequiredText(string name, string helpName, string description) =>
        Add(new Option<string>(name) { HelpName = helpName, Description = description, Required = true });

    /// <summary>May be given several times; none by default.</summary>
    public Option<string[]> Texts(string name, string helpName, string description) =>
        Add(new Option<string[]>(name) { HelpName = helpName, Description = description, DefaultValueFactory = _ => [] });

    /// <summary>See <see cref="ReadNumber"/>.</summary>
    public Option<double?> Number(string name, string helpName, string description) =>
        Add(new Option<double?>(name) { HelpName = helpName, Description = description, CustomParser = ReadNumber });

    /// <summary>A switch; off by default.</summary>
    public Option<bool> Flag(string name, string description) => Add(new Option<bool>(name) { Description = description });

    /// <summary>Gives a command what was declared.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in _all.OfType<Option>()) command.Add(option);
        foreach (Argument argument in _all.OfType<Argument>()) command.Add(argument);
    }

    /// <summary>
    /// A number as the language of the options has it: a decimal point, no thousands, so that 1,5 is not read as 15. Null and an error in
    /// <paramref name="result"/> where it is none.
    /// </summary>
    public static double? ReadNumber(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, Style, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
        result.AddError($"{(result.Parent as OptionResult)?.Option.Name} is '{text}'; it must be a number with a decimal point, for " +
            "example 0.5.");
        return null;
    }
}
