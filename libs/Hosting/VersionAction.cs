using System.CommandLine;
using System.CommandLine.Invocation;

namespace BatchScoring.Hosting;

/// <summary>Tells name, version and commit of a program.</summary>
/// <param name="text">One line, for example <c>batch-score 1.0.0+abc</c>.</param>
public sealed class VersionAction(string text) : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine(text);
        return 0;
    }
}
