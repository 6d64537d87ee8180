using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Hosting;
using BatchScoring.Spark;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Submit;

/// <summary>Sends a job to a cluster by the cluster's own spark-submit, waits, and answers as if it had run here.</summary>
internal sealed class SubmitJob(JobContext context, SubmitOptions options)
{
    /// <summary>What this machine's environment and profiles say of the store is not known where the driver runs.</summary>
    private readonly Settings _settings = context.Settings with { Store = context.Store.Options };

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        string id = AttemptId.New().Text;
        var words = JobWords.Of(options, _settings, id);
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

        await JobForesight.CheckAsync(context, options.Job, cancellation);
        using SecretProperties? secrets = Secrets(properties);
        if (secrets is not null) submission = submission with { PropertiesFile = secrets.Path };
        var talk = new Submission(context.Store, id);
        using var log = new SubmitLog(id);
        await using var process = new SubmitProcess(sparkSubmit, submission.ToArguments(), log, context.Progress.Say);
        int exit = await FollowedAsync(talk, () =>
            process.WaitAsync(() => talk.AskToStopAsync(CancellationToken.None), context.Time, cancellation));
        if (await talk.FindAsync(CancellationToken.None) is { } answer)
        {
            log.Drop();
            // Whether a driver that is killed finds the time to leave an answer is chance; what it was is not.
            return answer.ExitCode != (int)ExitCode.Ok && log.Killed ? throw Killed() : JobOutcome.Of(answer);
        }

        cancellation.ThrowIfCancellationRequested();
        if (log.Killed) throw Killed();
        throw new BatchScoringException(SubmitErrors.SubmitFailed,
            $"{log.Why()}\nspark-submit ended with {exit}, and the driver left no answer at {talk.AnswerKey}.");
    }

    private static BatchScoringException Killed() => new(HostErrors.Interrupted,
        "The application was killed on the cluster. Repeat the command: it finishes what was begun or does nothing.");

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
        string folder = AppContext.BaseDirectory, launcher = Path.Combine(folder, ClusterPrograms.Launcher),
            archive = Path.Combine(folder, ClusterPrograms.Archive);
        RequireProgram(launcher);
        if (!options.OnThisMachine) RequireProgram(archive);
        var sent = SentFiles.Of(words.Files, options.OnThisMachine ? null : archive, options);
        return new SparkSubmission
        {
            Master = LocalMaster.WithRetries(options.Master),
            DeployMode = options.DeployMode,
            Name = "batch-score " + options.Job[0],
            Driver = options.InCluster ? ClusterPrograms.LauncherInContainer : launcher,
            FirstArgument = "batch-score",
            Arguments = [ArgumentWord.Pack(words.Words)],
            Archives = sent.Archives,
            Files = sent.Files,
            PropertiesFile = options.PropertiesFile,
            Settings = ClusterSettings.Of(options, said),
            PassedThrough = options.SparkFlags,
        };
    }

    private SecretProperties? Secrets(string? properties) =>
        ObjectStores.IsS3(context.Settings.Store.Root) && context.Credentials is { } credentials
        ? SecretProperties.Write(properties, _settings.Store, credentials)
        : null;

    private static void RequireProgram(string path)
    {
        if (!File.Exists(path))
            throw new BatchScoringException(SubmitErrors.SubmitProgramsMissing,
                $"{path} is not there: only published programs can be sent to a cluster. Run scripts/publish and use " +
                "out/linux-x64/batch-score.");
    }

    private static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=,@+%#".Contains(c, StringComparison.Ordinal))
        ? word
        : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
