using System.CommandLine;
using System.CommandLine.Invocation;

namespace BatchScoring.SparkJobs.CommandLine;

internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(ProgramVersion.Text);
        return 0;
    }
}
