using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BatchScoring.Hosting;

/// <summary>The library's help, then examples that can be copied.</summary>
public sealed class ExamplesHelp : SynchronousCommandLineAction
{
    private readonly HelpAction _help;
    private readonly IReadOnlyDictionary<Command, string[]> _examples;

    private ExamplesHelp(HelpAction help, IReadOnlyDictionary<Command, string[]> examples) => (_help, _examples) = (help, examples);

    /// <summary>Puts examples under the help of a program.</summary>
    /// <param name="root">The program's root command.</param>
    /// <param name="examples">Lines to copy, by command; read when help is asked for.</param>
    public static void AddTo(RootCommand root, IReadOnlyDictionary<Command, string[]> examples)
    {
        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new ExamplesHelp((HelpAction)help.Action!, examples);
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        if (!_examples.TryGetValue(parseResult.CommandResult.Command, out string[]? lines)) return code;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in lines) output.WriteLine("  " + line);
        output.WriteLine();
        return code;
    }
}
