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
        CommandAnswer answer;
        try
        {
            Settings settings = SettingsResolver.Resolve(line, SettingsSource.Load(Environment.CurrentDirectory, environment));
            json = settings.Format == OutputFormat.Json;
            using IProgressDisplay progress = Display(settings, console.Error);
            await using var context = new JobContext(settings, progress, time, environment);
            answer = settings.Submission is null
                ? await AnswerAsync(context, line, job, cancellation)
                : await SubmittedAsync(context, line, job, cancellation);
        }
        catch (Exception e) when (ErrorText.Of(e) is { } error)
        {
            answer = CommandAnswer.Of(error);
        }

        foreach (string note in answer.Notes) await console.Error.WriteLineAsync(note);
        if (json && answer.Json is not null) await console.Output.WriteLineAsync(answer.Json.ToJsonString());
        if (!json) foreach (string text in answer.Lines) await console.Output.WriteLineAsync(text);
        return answer.ExitCode;
    }

    private IProgressDisplay Display(Settings settings, TextWriter errors) => settings switch
    {
        { Submission: not null } => new DriverProgress(errors),
        { Quiet: true } or { Format: OutputFormat.Json } => new NoProgress(),
        _ => new ProgressLine(errors, !Console.IsErrorRedirected, time),
    };

    private static async Task<CommandAnswer> AnswerAsync(
        JobContext context, ParseResult line, Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job, CancellationToken cancellation)
    {
        try
        {
            return CommandAnswer.Of(await job(context, line, cancellation));
        }
        catch (Exception e) when (ErrorText.Of(e) is { } error)
        {
            return CommandAnswer.Of(error);
        }
    }

    /// <summary>A driver answers to whoever submitted it, and to nobody else: its standard output ends in a log.</summary>
    private async Task<CommandAnswer> SubmittedAsync(
        JobContext context, ParseResult line, Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job, CancellationToken cancellation)
    {
        var submission = new Submission(context.Store, context.Settings.Submission!);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ended = new CancellationTokenSource();
        Task watch = submission.WatchAsync(work, () => (context.Progress as DriverProgress)?.State, time, ended.Token);
        CommandAnswer answer = await AnswerAsync(context, line, OnEngineAsync, work.Token);
        await ended.CancelAsync();
        await watch;
        await submission.LeaveAsync(answer, CancellationToken.None);
        return answer with { Lines = [], Notes = [], Json = null };

        // YARN waits for a Spark context, also of a job that turns out to have nothing to do.
        Task<JobOutcome> OnEngineAsync(JobContext own, ParseResult words, CancellationToken stop)
        {
            _ = own.Engine;
            return job(own, words, stop);
        }
    }
}
