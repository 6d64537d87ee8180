using System.CommandLine;
using System.CommandLine.Parsing;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Runs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>
/// Runs a command's job and turns whatever comes out into text, JSON and an exit status. The only place where errors become output.
/// </summary>
internal sealed class CommandHost(TimeProvider time, Func<string, string?> environment)
{
    private readonly Dictionary<Command, string[]> _examples = [];

    public IReadOnlyDictionary<Command, string[]> Examples => _examples;

    /// <summary>Makes a command whose action is a job.</summary>
    public Command Create(
        string name, string description, string[] examples, CommandParameters parameters,
        Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job)
    {
        var command = new Command(name, description);
        parameters.AddTo(command);
        _examples[command] = examples;
        command.SetAction((line, cancellation) => RunAsync(line, Rooted, cancellation));
        return command;

        Task<JobOutcome> Rooted(JobContext context, ParseResult line, CancellationToken cancellation)
        {
            if (JobDefinition.Of(JobOf(line)).NeedsRoot) ExistingRoot.Require(context.Store);
            return job(context, line, cancellation);
        }
    }

    /// <summary>The job's command; one such as <c>quarantine</c> has further words below it.</summary>
    private static string JobOf(ParseResult line)
    {
        CommandResult command = line.CommandResult;
        while (command.Parent is CommandResult { Command: not RootCommand } above) command = above;
        return command.Command.Name;
    }

    private async Task<int> RunAsync(
        ParseResult line, Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job, CancellationToken cancellation)
    {
        InvocationConfiguration console = line.InvocationConfiguration;
        string command = line.CommandResult.Command.Name;
        long began = time.GetTimestamp();
        bool json = line.GetValue(CommonOptions.Format) == "json";
        ILogger log = NullLogger.Instance;
        CommandOutcome answer;
        try
        {
            Settings settings = SettingsResolver.Resolve(line, Environment.CurrentDirectory, environment);
            json = settings.Format == OutputFormat.Json;
            DriverProgress? driver = settings.Submission is null ? null : new DriverProgress(console.Error);
            using IProgressDisplay progress = driver ?? Display(settings, line);
            log = Log(settings, progress, console.Error);
            using var export = TelemetryExport.Start(environment, "batch-score", ProgramVersion.Text);
            await using var context = new JobContext(settings, progress, log, time, environment);
            log.CommandBegins(command, ProgramVersion.Text);
            // Most likely nobody's driver: then this says so before anything is done.
            if (driver is null && settings.Engine == EngineKind.Spark) _ = context.Engine;
            answer = driver is null
                ? (await job(context, line, cancellation)).ToCommandOutcome()
                : await SubmittedAsync(context, driver, line, job, cancellation);
        }
        catch (Exception e) when (JobErrorText.Of(e) is { } error)
        {
            answer = CommandOutcome.Of(error);
        }

        log.CommandEnds(command, answer.ExitCode, time.GetElapsedTime(began).TotalSeconds);
        await answer.WriteAsync(console.Output, console.Error, json);
        return answer.ExitCode;
    }

    private IProgressDisplay Display(Settings settings, ParseResult line) => settings.Quiet || (settings.Format == OutputFormat.Json && !settings.Progress)
        ? new NoProgress()
        : ProgressLine.OnConsole(line.InvocationConfiguration.Error, line.CommandResult.Command.Name, environment, time);

    /// <summary>Quiet unless somebody asked. A line must not land in the middle of the progress line, so that writes it.</summary>
    private ILogger Log(Settings settings, IProgressDisplay progress, TextWriter errors) => settings is { Verbose: false, LogFormat: null }
        ? NullLogger.Instance
        : new LineLogger(
            progress is NoProgress ? errors.WriteLine : progress.Say, settings.LogFormat == OutputFormat.Json,
            settings.Verbose ? LogLevel.Debug : LogLevel.Information, time);

    /// <summary>A driver answers to whoever submitted it, and to nobody else: its standard output ends in a log.</summary>
    private async Task<CommandOutcome> SubmittedAsync(
        JobContext context, DriverProgress progress, ParseResult line,
        Func<JobContext, ParseResult, CancellationToken, Task<JobOutcome>> job, CancellationToken cancellation)
    {
        var submission = new Submission(context.Store, context.Settings.Submission!);
        using var work = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var ended = new CancellationTokenSource();
        Task watch = submission.WatchAsync(work, () => progress.State, time, ended.Token);
        CommandOutcome answer = await OnEngineAsync(work.Token);
        await ended.CancelAsync();
        await watch;
        await submission.LeaveAsync(answer, CancellationToken.None);
        return answer with { Lines = [], Notes = [], Json = null };

        async Task<CommandOutcome> OnEngineAsync(CancellationToken stop)
        {
            try
            {
                context.BeginEngine();
                JobOutcome outcome = await job(context, line, stop);
                // YARN waits for a Spark context, also of a job that turned out to have nothing to do.
                _ = context.Engine;
                return outcome.ToCommandOutcome();
            }
            catch (Exception e) when (JobErrorText.Of(e) is { } error)
            {
                return CommandOutcome.Of(error);
            }
        }
    }
}
