using System.Text;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Steps;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Starts an attempt's job, or finds the one that runs, and stays with it to its end, through any number of lost links. When it is
/// cancelled it ends the job and waits for that end.
/// </summary>
internal sealed class AttachedJob(DetachedJobs jobs, JobSpec spec, Action<StepProgress> tell, TimeProvider time)
{
    /// <summary>After this time a job that was asked to end is killed: a driver on a cluster needs up to a minute to clean up.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(75);

    /// <summary>Longer than this nobody waits for the end of a job whose host is out of reach.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5), Longest = TimeSpan.FromSeconds(5);
    private const int TailBytes = 8192, OutputLimit = 4 << 20;

    private readonly IHost _host = jobs.Host;
    private readonly PatientLink _link = new(jobs.Host, text => tell(new StepProgress(text)), time);

    /// <returns>The last look: ended, died, or (after a cancel) never begun.</returns>
    public async Task<JobLook> RunAsync(CancellationToken cancellation)
    {
        try
        {
            return await FollowAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await EndAsync();
        }
    }

    /// <summary>The end of the log, for people.</summary>
    public async Task<string> TailAsync(JobLook look, int lines, CancellationToken cancellation)
    {
        if (look.LogBytes == 0) return "";
        byte[] end = await _link.AskAsync(
            () => jobs.ReadLogAsync(look, Math.Max(0, look.LogBytes - TailBytes), TailBytes, cancellation), cancellation);
        // A progress line that was written over: what a person would have seen is its last version.
        string[] seen = [.. Encoding.UTF8.GetString(end).Split('\n').Select(line => line.TrimEnd('\r').Split('\r')[^1].Trim())
            .Where(line => line.Length > 0)];
        return string.Join('\n', seen.TakeLast(lines));
    }

    /// <summary>Its standard output, where that was kept apart; the end of it, should it be endless.</summary>
    public Task<byte[]> OutputAsync(JobLook look, CancellationToken cancellation) => _link.AskAsync(
        () => jobs.ReadOutputAsync(look, Math.Max(0, look.OutputBytes - OutputLimit), OutputLimit, cancellation), cancellation);

    private async Task<JobLook> FollowAsync(CancellationToken cancellation)
    {
        long began = time.GetTimestamp(), told = 0;
        JobLook look = await _link.AskAsync(() => jobs.StartAsync(spec, cancellation), cancellation);
        while (!look.Over)
        {
            if (look.LogBytes != told)
                tell(new StepProgress(await TailAsync(look, lines: 1, cancellation), Handle: look.Application ?? _host.Settings.Name));
            told = look.LogBytes;
            // The longer it runs the less a second matters.
            await WaitAsync(look, time.GetElapsedTime(began) / 20, cancellation);
            look = await _link.AskAsync(() => jobs.LookAsync(spec.Name, cancellation), cancellation);
        }

        return look;
    }

    /// <summary>Until the next look; here, where that costs nothing, only until the job has ended.</summary>
    private async Task WaitAsync(JobLook look, TimeSpan wait, CancellationToken cancellation)
    {
        if (wait < Shortest) wait = Shortest;
        if (wait > Longest) wait = Longest;
        if (_host.Settings.Transport != HostTransport.Local)
        {
            await Task.Delay(wait, time, cancellation);
            return;
        }

        long from = time.GetTimestamp();
        TimeSpan glance = wait / 50;
        while (time.GetElapsedTime(from) < wait && !File.Exists(look.Folder + "/exit")) await Task.Delay(glance, time, cancellation);
    }

    private async Task<JobLook> EndAsync()
    {
        using var limit = new CancellationTokenSource(EndLimit, time);
        try
        {
            JobLook look = await _link.AskAsync(() => jobs.CancelAsync(spec.Name, kill: false, limit.Token), limit.Token);
            long asked = time.GetTimestamp();
            while (!look.Over)
            {
                tell(new StepProgress("asked to end"));
                await Task.Delay(TimeSpan.FromSeconds(0.5), time, limit.Token);
                look = await _link.AskAsync(
                    () => time.GetElapsedTime(asked) > Grace
                        ? jobs.CancelAsync(spec.Name, kill: true, limit.Token)
                        : jobs.LookAsync(spec.Name, limit.Token),
                    limit.Token);
            }

            return look;
        }
        catch (OperationCanceledException e)
        {
            throw new BatchScoringException(RemoteErrors.LinkLost,
                $"{spec.Name.AttemptId} could not be ended on {_host.Settings.Where} within {EndLimit.TotalMinutes:0} minutes: it may "
                + "still run there. Look at it before anything is started again.", inner: e);
        }
    }
}
