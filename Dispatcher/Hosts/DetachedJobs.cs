using System.Globalization;
using System.Text.RegularExpressions;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Jobs that run on a host by themselves: they outlive the link, the login and this program. Started once per attempt, however often
/// that is asked; looked at, ended and removed by the attempt's name. The rules are those of docs/protocols/remote-jobs.md.
/// </summary>
internal sealed class DetachedJobs(IHost host)
{
    private const int CannotWrite = 90, StillRuns = 92;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private static readonly string Script = EmbeddedScript.Read("guard.sh") + EmbeddedScript.Read("job.sh");

    public IHost Host => host;

    /// <summary>Starts the attempt, or finds it: then nothing is started, and the answer is that of a look.</summary>
    public Task<JobLook> StartAsync(JobSpec spec, CancellationToken cancellation) =>
        AskAsync("start", spec.Name, cancellation, Script, ShellWord.Of(spec.ToCommand()), spec.OutputApart ? "yes" : "no");

    public Task<JobLook> LookAsync(JobName name, CancellationToken cancellation) => AskAsync("look", name, cancellation);

    /// <summary>
    /// Asks all processes of an attempt to end, or ends them. One that has not begun never will. That it is over only a later look tells.
    /// </summary>
    public Task<JobLook> CancelAsync(JobName name, bool kill, CancellationToken cancellation) =>
        AskAsync("cancel", name, cancellation, kill ? "KILL" : "TERM");

    /// <summary>Removes what an ended attempt has left.</summary>
    public Task RemoveAsync(JobName name, CancellationToken cancellation) => AskAsync("remove", name, cancellation);

    /// <summary>A piece of what the job printed; shorter than asked at the end.</summary>
    public Task<byte[]> ReadLogAsync(JobLook look, long offset, int max, CancellationToken cancellation) =>
        HostFiles.ReadAsync(host, look.Folder + "/log", offset, max, cancellation);

    /// <summary>The same of its standard output, where that was kept apart.</summary>
    public Task<byte[]> ReadOutputAsync(JobLook look, long offset, int max, CancellationToken cancellation) =>
        HostFiles.ReadAsync(host, look.Folder + "/output", offset, max, cancellation);

    private async Task<JobLook> AskAsync(
        string operation, JobName name, CancellationToken cancellation, params IEnumerable<ShellWord> more)
    {
        name.Check();
        string fence = name.Fence.ToString(CultureInfo.InvariantCulture);
        var script = new ShellScript(Script, [operation, host.Settings.Jobs, name.RunId, name.AttemptId, fence, .. more]);
        ShellAnswer answer = await host.RunAsync(script, Deadline, cancellation);
        string said = $"{answer.Text.Trim()} {answer.Errors}".Trim(), where = host.Settings.Where;
        return answer.ExitCode switch
        {
            0 => JobLook.Parse(answer.Text),
            CannotWrite => throw NotStarted($"{where}: {name.AttemptId} has no folder: {said}. Look at rights and free space there."),
            JobFence.Refused => throw JobFence.Error(host, $"'{operation}' of {name.AttemptId}", said, name.Fence),
            StillRuns => throw new BatchScoringException(RemoteErrors.JobStillRuns,
                $"{where}: {answer.Text.Trim()} still runs. Cancel it, or wait for its end."),
            _ => throw NotStarted($"{where}: '{operation}' of {name.AttemptId} ended with {answer.ExitCode}: {said}"),
        };
    }

    private static BatchScoringException NotStarted(string text) => new(RemoteErrors.JobNotStarted, text);
}

/// <summary>Which attempt is meant.</summary>
/// <param name="RunId">Its run; a folder that its attempts share.</param>
/// <param name="AttemptId">The attempt: what stands before its last dot names the step, whose attempts never run side by side.</param>
/// <param name="Fence">The leader's number.</param>
internal sealed partial record JobName(string RunId, string AttemptId, long Fence)
{
    /// <summary>Both are names of folders on the host.</summary>
    public void Check()
    {
        foreach (string id in new[] { RunId, AttemptId })
            if (!Safe().IsMatch(id))
                throw new InvalidOperationException($"'{id}' cannot name a job: a-z, 0-9, '.', '_' and '-' are allowed.");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,150}\z", RegexOptions.None, 1000)]
    private static partial Regex Safe();
}
