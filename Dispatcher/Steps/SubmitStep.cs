using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;

namespace BatchScoring.Dispatcher.Steps;

/// <summary>
/// A job on a Spark cluster, by <c>batch-score submit</c> on a host or here. Its verdict is what the driver left in the store, never
/// YARN's word. On YARN the attempt's id is the application's tag: what a lost client has left running is found by it.
/// </summary>
/// <param name="hosts">The hosts.</param>
/// <param name="program">The path of batch-score on this machine.</param>
/// <param name="time">The clock.</param>
internal sealed class SubmitStep(HostRegistry hosts, string program, TimeProvider time) : IStepKind
{
    /// <summary>A client that was killed just before YARN took its application shows it only then.</summary>
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(5), Pace = TimeSpan.FromSeconds(10);

    private static readonly string Unpack = EmbeddedScript.Read("submit.sh");

    public StepKindInfo Info { get; } = new("submit", "Runs a job of batch-score on a Spark cluster.",
    [
        new("host", StepKeyType.Host, Required: false, "Where spark-submit is called; by default here."),
        new("package", StepKeyType.Text, Required: false,
            "batch-scoring.tar.gz on the host, as an upload brought it; by default the batch-score beside this program, here."),
        new("spark", StepKeyType.Texts, Required: false, "Flags of submit and spark-submit: [--master, yarn, --deploy-mode, cluster]."),
        new("job", StepKeyType.Texts, Required: true, "The job and its options: [score, --date, '{date}', --model, model.cbm]."),
        new("folder", StepKeyType.Text, Required: false, "Where submit works; by default the user's home there."),
        new("environment", StepKeyType.Map, Required: false, "Variables that submit gets: SPARK_HOME, BATCHSCORING_ROOT …"),
        new("environment_file", StepKeyType.Text, Required: false, StepSettings.EnvironmentFileText),
    ]);

    public async Task<StepAnswer> RunAsync(StepWork work, CancellationToken cancellation)
    {
        string name = work.Settings.Text("host") ?? HostRegistry.Here;
        try
        {
            IHost host = hosts.Of(name);
            if (host.Settings.Yarn.Count == 0) return await SubmitAsync(work, name, [], cancellation);
            await EarlierEndAsync(work, host, cancellation);
            // A second application master would be a second start, by YARN itself.
            StepAnswer answer = await SubmitAsync(work, name,
                ["--conf", "spark.yarn.maxAppAttempts=1", "--conf", $"spark.yarn.tags={work.AttemptId}"], cancellation);
            if (answer.End == StepEnd.Cancelled) await KillAsync(work, host);
            return answer;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await KillAsync(work, hosts.Of(name));
            return new StepAnswer(StepEnd.Cancelled, $"nothing was submitted on {name}");
        }
        catch (BatchScoringException e)
        {
            return new StepAnswer(StepEnd.Failed, e.Message, e.Code, RetryHelps: e.Transient);
        }
    }

    private Task<StepAnswer> SubmitAsync(StepWork work, string host, string[] more, CancellationToken cancellation)
    {
        string[] start = work.Settings.Text("package") is { } package ? ["/bin/sh", "-c", Unpack, "submit", package] : [program];
        IEnumerable<string> spark = work.Settings.Texts("spark"), job = work.Settings.Texts("job");
        return new HostJob(hosts, host, time).RunBatchScoreAsync(
            work, [.. start, "submit", "--format", "json", "--progress", .. spark, .. more, "--", .. job], cancellation);
    }

    /// <summary>
    /// Nothing is submitted while an application of an earlier attempt runs, whose client was lost: what it publishes is found by the next
    /// submission. A lost client of this attempt is not asked about here: its folder on the host says that it was started.
    /// </summary>
    private async Task EarlierEndAsync(StepWork work, IHost host, CancellationToken cancellation)
    {
        if (work.Attempt == 1) return;
        PatientLink link = Link(work, host);
        var name = new JobName(work.RunId, work.AttemptId, work.Fence);
        JobLook own = await link.AskAsync(() => new DetachedJobs(host).LookAsync(name, cancellation), cancellation);
        if (own.State != JobState.Nothing) return;
        var yarn = new YarnApplications(host);
        for (int quiet = 0; quiet < 2;)
        {
            string[] running = await RunningAsync(work, link, yarn, cancellation);
            if (running.Length > 0)
                work.Tell(new StepProgress(
                    $"{string.Join(", ", running)} of an earlier attempt still runs: waiting for its end", Handle: running[0]));
            quiet = running.Length > 0 ? 0 : quiet + 1;
            if (quiet < 2) await Task.Delay(quiet > 0 ? SecondLook : Pace, time, cancellation);
        }
    }

    private async Task<string[]> RunningAsync(StepWork work, PatientLink link, YarnApplications yarn, CancellationToken cancellation)
    {
        List<string> running = [];
        for (int attempt = 1; attempt <= work.Attempt; attempt++)
        {
            string tag = (work with { Attempt = attempt }).AttemptId;
            running.AddRange(await link.AskAsync(() => yarn.RunningAsync(tag, cancellation), cancellation));
        }

        return [.. running];
    }

    /// <summary>What a client that was ended may have left on the cluster: ended too, and looked for until it is gone twice.</summary>
    private async Task KillAsync(StepWork work, IHost host)
    {
        if (host.Settings.Yarn.Count == 0) return;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(10), time);
        PatientLink link = Link(work, host);
        var yarn = new YarnApplications(host);
        for (int quiet = 0; quiet < 2;)
        {
            string[] running = await RunningAsync(work, link, yarn, limit.Token);
            foreach (string application in running)
            {
                await link.AskAsync(async () =>
                {
                    await yarn.KillAsync(application, limit.Token);
                    return true;
                }, limit.Token);
            }

            quiet = running.Length > 0 ? 0 : quiet + 1;
            if (quiet < 2) await Task.Delay(SecondLook, time, limit.Token);
        }
    }

    private PatientLink Link(StepWork work, IHost host) => new(host, text => work.Tell(new StepProgress(text)), time);
}
