using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace BatchScoring.DataGen.CommandLine;

/// <summary>The library's help, then examples that can be copied.</summary>
internal sealed class ExamplesHelp(HelpAction help, string[] examples) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string example in examples) output.WriteLine("  " + example);
        return code;
    }
}
