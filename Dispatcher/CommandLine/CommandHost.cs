using System.CommandLine;
using BatchScoring.Hosting;

namespace BatchScoring.Dispatcher.CommandLine;

/// <summary>
/// Runs a command and turns whatever comes out into text, JSON and an exit status. The only place where errors become output.
/// </summary>
internal sealed class CommandHost(TimeProvider time, Func<string, string?> environment)
{
    private readonly Dictionary<Command, string[]> _examples = [];

    public static Option<string?> Configuration { get; } = new("--config")
    {
        Recursive = true,
        HelpName = "FILE",
        Description = "The dispatcher's settings. Default: $DISPATCHER_CONFIG, else dispatcher.yaml in this folder.",
    };

    public static Option<bool> Json { get; } = new("--json") { Recursive = true, Description = "One JSON object on standard output." };

    public IReadOnlyDictionary<Command, string[]> Examples => _examples;

    /// <summary>Makes a command.</summary>
    public Command Create(
        string name, string description, string[] examples, CommandParameters parameters,
        Func<CommandContext, ParseResult, CancellationToken, Task<CommandOutcome>> action)
    {
        var command = new Command(name, description);
        parameters.AddTo(command);
        _examples[command] = examples;
        command.SetAction(async (line, cancellation) =>
        {
            InvocationConfiguration console = line.InvocationConfiguration;
            CommandOutcome outcome = await RunAsync(line, action, cancellation);
            await outcome.WriteAsync(console.Output, console.Error, line.GetValue(Json));
            return outcome.ExitCode;
        });
        return command;
    }

    private async Task<CommandOutcome> RunAsync(
        ParseResult line, Func<CommandContext, ParseResult, CancellationToken, Task<CommandOutcome>> action, CancellationToken cancellation)
    {
        string file = line.GetValue(Configuration) ?? environment("DISPATCHER_CONFIG") ?? "dispatcher.yaml";
        await using var context = new CommandContext(Path.GetFullPath(file), time, environment, line.InvocationConfiguration.Error);
        try
        {
            return await action(context, line, cancellation);
        }
        catch (Exception e) when (ErrorText.Of(e) is { } error)
        {
            return CommandOutcome.Of(error);
        }
    }
}
