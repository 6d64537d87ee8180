using System.CommandLine;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The options and arguments of a command, in the order in which they are declared: that of its help.</summary>
internal sealed class CommandParameters
{
    private readonly List<Symbol> _all = [];

    public Option<T> Add<T>(Option<T> option)
    {
        _all.Add(option);
        return option;
    }

    public Argument<T> Add<T>(Argument<T> argument)
    {
        _all.Add(argument);
        return argument;
    }

    public Option<string?> Text(string name, string helpName, string description) =>
        Add(new Option<string?>(name) { HelpName = helpName, Description = description });

    public Option<string> RequiredText(string name, string helpName, string description) =>
        Add(new Option<string>(name) { HelpName = helpName, Description = description, Required = true });

    /// <summary>May be given several times; none by default.</summary>
    public Option<string[]> Texts(string name, string helpName, string description) =>
        Add(new Option<string[]>(name) { HelpName = helpName, Description = description, DefaultValueFactory = _ => [] });

    /// <summary>See <see cref="JobOptions.Number"/>.</summary>
    public Option<double?> Number(string name, string helpName, string description) =>
        Add(new Option<double?>(name) { HelpName = helpName, Description = description, CustomParser = JobOptions.Number });

    public Option<bool> Flag(string name, string description) => Add(new Option<bool>(name) { Description = description });

    public void AddTo(Command command)
    {
        foreach (Option option in _all.OfType<Option>()) command.Add(option);
        foreach (Argument argument in _all.OfType<Argument>()) command.Add(argument);
    }
}
