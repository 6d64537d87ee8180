using System.CommandLine;
using System.CommandLine.Parsing;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.Clean;
using BatchScoring.SparkJobs.Collect;
using BatchScoring.SparkJobs.Compare;
using BatchScoring.SparkJobs.Contract;
using BatchScoring.SparkJobs.Doctor;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.SparkJobs.Fit;
using BatchScoring.SparkJobs.Import;
using BatchScoring.SparkJobs.Importance;
using BatchScoring.SparkJobs.Inspect;
using BatchScoring.SparkJobs.Layout;
using BatchScoring.SparkJobs.List;
using BatchScoring.SparkJobs.Parts;
using BatchScoring.SparkJobs.Predict;
using BatchScoring.SparkJobs.Quarantine;
using BatchScoring.SparkJobs.Recover;
using BatchScoring.SparkJobs.Report;
using BatchScoring.SparkJobs.Retire;
using BatchScoring.SparkJobs.Run;
using BatchScoring.SparkJobs.Sample;
using BatchScoring.SparkJobs.Score;
using BatchScoring.SparkJobs.Status;
using BatchScoring.SparkJobs.Submit;
using BatchScoring.SparkJobs.Verify;

namespace BatchScoring.SparkJobs.CommandLine;

/// <summary>The command line: every job is a command.</summary>
internal static class BatchScoreCommand
{
    public static async Task<int> RunAsync(
        string[] args, TextWriter output, TextWriter errors, TimeProvider time, Func<string, string?> environment)
    {
        var host = new CommandHost(time, environment);
        (string[] own, string[] submitted) = SplitAtDashes(args);
        RootCommand root = Create(host, submitted);
        var console = new InvocationConfiguration
        {
            Output = output,
            Error = errors,
            EnableDefaultExceptionHandler = false,
            // The library would listen for signals only after the job's first wait, and would not wait for its clean-up.
            ProcessTerminationTimeout = null,
        };
        using var signals = new StopSignals();
        ParseResult line = root.Parse(own);
        // What is wrong with a submitted job is said here and now, not by a driver that a cluster started for it.
        if (IsFine(line) && submitted.Length > 0 && root.Parse(submitted) is var job && (!IsFine(job) || IsInformation(job))) line = job;
        if (IsFine(line)) return await line.InvokeAsync(console, signals.Stop);
        await TellAsync(line, UsageText.Of(line), output, errors, environment);
        return (int)HostErrors.Usage.ExitCode;
    }

    internal static RootCommand Create(CommandHost host, string[] submitted)
    {
        var root = new RootCommand(
            "Scores tables with CatBoost models and publishes the result so that nobody can take it for finished while it is not.");
        foreach (Option option in CommonOptions.All) root.Add(option);
        foreach (Command command in Commands(host, submitted)) root.Add(command);
        ExamplesHelp.AddTo(root, host.Examples);
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Action = new VersionAction(ProgramVersion.Text);
        return root;
    }

    /// <summary>After <c>--</c> stands another command line, for a driver far away: this one must not read it.</summary>
    private static (string[] Own, string[] Submitted) SplitAtDashes(string[] args)
    {
        int dashes = Array.IndexOf(args, "--");
        return dashes >= 0 && args.Take(dashes).Contains("submit", StringComparer.Ordinal)
            ? (args[..dashes], args[(dashes + 1)..])
            : (args, []);
    }

    private static IEnumerable<Command> Commands(CommandHost host, string[] submitted) =>
    [
        LayoutCommand.Create(host),
        ImportCommand.Create(host),
        RunCommand.Create(host),
        SampleCommand.Create(host),
        ScoreCommand.Create(host),
        EvaluateCommand.Create(host),
        CollectCommand.Create(host),
        PartsCommand.Create(host),
        ReportCommand.Create(host),
        CompareCommand.Create(host),
        ListCommand.Create(host),
        StatusCommand.Create(host),
        RecoverCommand.Create(host),
        CleanCommand.Create(host),
        RetireCommand.Create(host),
        VerifyCommand.Create(host),
        QuarantineCommand.Create(host),
        ContractCommand.Create(host),
        DoctorCommand.Create(host),
        InspectCommand.Create(host),
        ImportanceCommand.Create(host),
        PredictCommand.Create(host),
        FitCommand.Create(host),
        SubmitCommand.Create(host, submitted),
        CompletionCommand.Create(host),
    ];

    private static async Task TellAsync(
        ParseResult line, IReadOnlyList<string> wrong, TextWriter output, TextWriter errors, Func<string, string?> environment)
    {
        string advice = $"Try: batch-score {Name(line)}--help";
        foreach (string text in wrong) await errors.WriteLineAsync($"error {HostErrors.Usage}: {text}");
        await errors.WriteLineAsync(advice);
        // The settings file is not asked: it may be what the next command line is about.
        if ((line.GetValue(CommonOptions.Format) ?? environment("BATCHSCORING_FORMAT")) == "json")
            await output.WriteLineAsync(new ErrorText(HostErrors.Usage, $"{string.Join(' ', wrong)} {advice}").ToJson().ToJsonString());
    }

    private static bool IsFine(ParseResult line) => line.Errors.Count == 0 || IsInformation(line);

    /// <summary>Help, version, or a shell that asks how a word may go on.</summary>
    private static bool IsInformation(ParseResult line) =>
        line.Action is ExamplesHelp or VersionAction || line.Tokens is [{ Type: TokenType.Directive }, ..];

    private static string Name(ParseResult line) =>
        line.CommandResult.Command is RootCommand ? "" : line.CommandResult.Command.Name + " ";
}
