using System.CommandLine;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>
/// Runs a command's job and turns whatever comes out into text, JSON and an exit status. The only place where errors become output.
/// </summary>
internal sealed class CommandHost(TimeProvider time, Func<string, string?> environment)
{
    private readonly Dictionary<Command, string[]> _examples = [];

    public IReadOnlyDictionary<Command, string[]> Examples => _examples;

    /// <summary>Makes a command whose action is a job.</summary>
    public Command Create(string name, string description, string[] examples, Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job)
    {
        var command = new Command(name, description);
        _examples[command] = examples;
        command.SetAction((line, cancellation) => RunAsync(line, job, cancellation));
        return command;
    }

    private async Task<int> RunAsync(
        ParseResult line, Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job, CancellationToken cancellation)
    {
        InvocationConfiguration console = line.InvocationConfiguration;
        bool json = false;
        try
        {
            Settings settings = SettingsResolver.Resolve(line, SettingsSource.Load(Environment.CurrentDirectory, environment));
            json = settings.Format == OutputFormat.Json;
            using IProgressDisplay progress = settings.Quiet || json
                ? new NoProgress()
                : new ProgressLine(console.Error, !Console.IsErrorRedirected, time);
            await using var context = new JobContext(settings, progress, time, environment);
            JobOutcome outcome = await job(context, line, cancellation);
            foreach (string note in outcome.Notes) await console.Error.WriteLineAsync(note);
            if (json && outcome.Json is not null) await console.Output.WriteLineAsync(outcome.Json.ToJsonString());
            if (!json) foreach (string text in outcome.Lines) await console.Output.WriteLineAsync(text);
            return (int)outcome.ExitCode;
        }
        catch (Exception e) when (ErrorText.Of(e) is { } error)
        {
            if (json) await console.Output.WriteLineAsync(error.ToJson().ToJsonString());
            await console.Error.WriteLineAsync(error.ToText());
            return (int)error.ExitCode;
        }
    }
}
