using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The library's help, then examples that can be copied.</summary>
internal sealed class ExamplesHelp(HelpAction help, IReadOnlyDictionary<Command, string[]> examples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (!examples.TryGetValue(parseResult.CommandResult.Command, out string[]? lines)) return code;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in lines) output.WriteLine("  " + line);
        output.WriteLine();
        return code;
    }
}
