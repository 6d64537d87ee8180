using System.CommandLine;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>The command line of the dispatcher.</summary>
internal static class DispatcherCommand
{
    public static Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, TimeProvider time, Func<string, string?> environment)
    {
        _ = time;
        _ = environment;
        var root = new RootCommand("Runs pipelines on a timetable, once each, and tells people how it went.");
        return root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = errors });
    }
}
