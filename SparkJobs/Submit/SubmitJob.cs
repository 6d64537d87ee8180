using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Spark;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Sends a job to a cluster by the cluster's own spark-submit, waits, and answers as if it had run here.</summary>
internal sealed class SubmitJob(JobContext context, SubmitOptions options)
{
    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        string id = AttemptId.New().Text;
        var words = JobWords.Of(options, context.Settings, id);
        string sparkSubmit = SparkHome.SparkSubmit(options.SparkHome, context.Environment);
        string? properties = options.PropertiesFile ?? SparkHome.DefaultProperties(sparkSubmit, context.Environment);
        SparkSubmission submission = SubmissionOf(words, new SaidSettings(options.SparkFlags, properties));
        if (options.DryRun)
        {
            string command = string.Join(' ', submission.ToArguments().Prepend(sparkSubmit).Select(Quoted));
            return JobOutcome.Ok(
                new JsonObject { ["command"] = command, ["arguments"] = new JsonArray([.. words.Words.Select(word => (JsonNode)word)]) },
                "would run:", command, $"and the driver would get: {string.Join(' ', words.Words.Select(Quoted))}");
        }

        using SecretProperties? secrets = Secrets(properties);
        if (secrets is not null) submission = submission with { PropertiesFile = secrets.Path };
        var talk = new Submission(context.Store, id);
        using var log = new SubmitLog(id);
        await using var process = new SubmitProcess(sparkSubmit, submission.ToArguments(), log, context.Progress.Say);
        int exit = await FollowedAsync(talk, () => process.WaitAsync(() => talk.AskToStopAsync(CancellationToken.None), context.Time, cancellation));
        if (await talk.FindAsync(CancellationToken.None) is { } answer)
        {
            log.Drop();
            return answer.ToOutcome();
        }

        cancellation.ThrowIfCancellationRequested();
        throw new BatchScoringException("SUBMIT_FAILED", ExitCode.Failed,
            $"spark-submit ended with {exit}, and the driver left no answer at {talk.AnswerKey}. The end of its log ({log.Path}):\n{log.Tail()}", transient: true);
    }

    private async Task<int> FollowedAsync(Submission talk, Func<Task<int>> wait)
    {
        using var ended = new CancellationTokenSource();
        Task follow = new DriverFollower(talk, context.Progress, context.Time).RunAsync(ended.Token);
        try
        {
            return await wait();
        }
        finally
        {
            await ended.CancelAsync();
            await follow;
        }
    }

    private SparkSubmission SubmissionOf(JobWords words, SaidSettings said)
    {
        string folder = AppContext.BaseDirectory, launcher = Path.Combine(folder, ClusterPrograms.Launcher), archive = Path.Combine(folder, ClusterPrograms.Archive);
        RequireProgram(launcher);
        if (!options.OnThisMachine) RequireProgram(archive);
        return new SparkSubmission
        {
            Master = LocalMaster.WithRetries(options.Master),
            DeployMode = options.DeployMode,
            Name = "batch-score " + options.Job[0],
            Driver = options.InCluster ? ClusterPrograms.LauncherInContainer : launcher,
            FirstArgument = "batch-score",
            Arguments = [ArgumentWord.Pack(words.Words)],
            Archives = options.OnThisMachine ? options.Archives : [$"{archive}#{ClusterPrograms.Folder}", .. options.Archives],
            Files = [.. words.Files, .. options.Files],
            PropertiesFile = options.PropertiesFile,
            Settings = ClusterSettings.Of(options, said),
            PassedThrough = options.SparkFlags,
        };
    }

    private SecretProperties? Secrets(string? properties) => ObjectStores.IsS3(context.Settings.Store.Root) && context.Credentials is { } credentials
        ? SecretProperties.Write(properties, context.Settings.Store, credentials)
        : null;

    private static void RequireProgram(string path)
    {
        if (!File.Exists(path))
            throw new BatchScoringException("SUBMIT_PROGRAMS_MISSING", ExitCode.Configuration,
                $"{path} is not there: only published programs can be sent to a cluster. Run scripts/publish and use out/linux-x64/batch-score.");
    }

    private static string Quoted(string word) => word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@+%#".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
