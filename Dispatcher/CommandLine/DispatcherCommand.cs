using System.CommandLine;
using System.Reflection;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>The command line of the dispatcher.</summary>
internal static class DispatcherCommand
{
    /// <summary>Name, version and commit of this program, as the build stamped them.</summary>
    public static string Version { get; } = "dispatcher " +
        typeof(DispatcherCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, TimeProvider time, Func<string, string?> environment)
    {
        RootCommand root = Create(new CommandHost(time, environment));
        ParseResult line = root.Parse(args);
        if (line.Errors.Count > 0 && line.Action is not (ExamplesHelp or VersionAction))
        {
            foreach (string text in UsageText.Of(line)) await errors.WriteLineAsync($"error {HostErrors.Usage}: {text}");
            string command = line.CommandResult.Command is RootCommand ? "" : line.CommandResult.Command.Name + " ";
            await errors.WriteLineAsync($"Try: dispatcher {command}--help");
            return (int)HostErrors.Usage.ExitCode;
        }

        using var signals = new StopSignals();
        var console = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await line.InvokeAsync(console, signals.Stop);
    }

    internal static RootCommand Create(CommandHost host)
    {
        var root = new RootCommand(
            "Runs pipelines on a timetable, each date once, and tells people how it went: upload, submit, collect, mail.");
        root.Add(CommandHost.Configuration);
        root.Add(CommandHost.Json);
        Command[] commands =
        [
            ServeCommand.Create(host),
            .. TimetableCommands.Create(host),
            .. RunCommands.Create(host),
            .. LookCommands.Create(host),
            .. MailCommands.Create(host),
            .. UpkeepCommands.Create(host),
        ];
        foreach (Command command in commands) root.Add(command);
        ExamplesHelp.AddTo(root, host.Examples);
        root.Options.OfType<VersionOption>().Single().Action = new VersionAction(Version);
        return root;
    }
}
