using System.Globalization;
using BatchScoring.Core;

namespace BatchScoring.Dispatcher.Hosts;

/// <summary>
/// Looks whether a host does what steps need of it, before the night shows that it does not: key and login, programs, room, rights, clock,
/// YARN, and whether a job outlives the connection that started it.
/// </summary>
internal sealed class HostCheck(HostSettings settings, TimeProvider time)
{
    private const long LittleRoom = 1L << 30;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30), ClockLimit = TimeSpan.FromSeconds(5);
    private static readonly string Script = EmbeddedScript.Read("guard.sh") + EmbeddedScript.Read("check.sh");

    // A folder and a fence of its own: nothing here may disturb a leader.
    private readonly HostSettings _settings = settings with { Jobs = settings.Jobs + "/doctor" };

    public async Task<IReadOnlyList<HostFinding>> RunAsync(CancellationToken cancellation)
    {
        try
        {
            List<HostFinding> found = [];
            JobSpec probe = await BeginAsync(found, cancellation);
            // By now the connection that started the job is closed.
            await using IHost host = HostRegistry.Create(_settings, time);
            found.Add(await OutlivesAsync(new DetachedJobs(host), probe, cancellation));
            return found;
        }
        catch (BatchScoringException e)
        {
            return [new HostFinding(false, $"{e.Code}: {e.Message}")];
        }
    }

    private async Task<JobSpec> BeginAsync(List<HostFinding> found, CancellationToken cancellation)
    {
        await using IHost host = HostRegistry.Create(_settings, time);
        DateTimeOffset asked = time.GetUtcNow();
        ShellAnswer answer = await host.RunAsync(new ShellScript(Script, _settings.Jobs), Deadline, cancellation);
        TimeSpan way = time.GetUtcNow() - asked;
        found.Add(new HostFinding(true, $"{_settings.Where} is known, and lets us in"));
        found.AddRange(Facts(answer, asked + (way / 2), way));
        if (_settings.Yarn.Count > 0)
        {
            await new YarnApplications(host).RunningAsync("doctor", cancellation);
            found.Add(new HostFinding(true, $"{string.Join(' ', _settings.Yarn)} answers"));
        }

        string run = $"doctor.{Guid.NewGuid():N}";
        var probe = new JobSpec(new JobName(run, run + ".1", 0), ["sleep", "3"]);
        await new DetachedJobs(host).StartAsync(probe, cancellation);
        return probe;
    }

    private IEnumerable<HostFinding> Facts(ShellAnswer answer, DateTimeOffset now, TimeSpan way)
    {
        string[] missing = [.. answer.Text.Split('\n').Where(line => line.StartsWith("missing ", StringComparison.Ordinal))
            .Select(line => line["missing ".Length..])];
        yield return missing.Length == 0
            ? new HostFinding(true, "all programs that jobs need are there")
            : new HostFinding(
                false, $"not there: {string.Join(", ", missing)}. Jobs need them: install coreutils, util-linux, grep, tar, awk.");
        Dictionary<string, string> values = AnswerLines.Of(answer.Text);
        yield return !values.TryGetValue("free", out string? free)
            ? new HostFinding(false, $"{values["folder"]} cannot be made or written: {answer.Errors}")
            : long.Parse(free, CultureInfo.InvariantCulture) is var bytes && bytes < LittleRoom
                ? new HostFinding(false, $"{values["folder"]} has {bytes >> 20} MiB free: too little for logs and uploads")
                : new HostFinding(true, $"{values["folder"]} can be written; {bytes >> 30} GiB are free");
        TimeSpan apart = DateTimeOffset.FromUnixTimeSeconds(long.Parse(values["now"], CultureInfo.InvariantCulture)) - now;
        yield return apart.Duration() > ClockLimit + way
            ? new HostFinding(false, $"its clock is {apart.TotalSeconds:+0;-0} s apart from ours: set both by NTP")
            : new HostFinding(true, "its clock is ours");
    }

    private async Task<HostFinding> OutlivesAsync(DetachedJobs jobs, JobSpec probe, CancellationToken cancellation)
    {
        JobLook look = await jobs.LookAsync(probe.Name, cancellation);
        while (!look.Over)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), time, cancellation);
            look = await jobs.LookAsync(probe.Name, cancellation);
        }

        await jobs.RemoveAsync(probe.Name, cancellation);
        return look.Code == 0
            ? new HostFinding(true, "a job outlives the connection that started it")
            : new HostFinding(false, "a job died with the connection that started it: most likely logind's KillUserProcesses. Run there: "
                + $"loginctl enable-linger {_settings.User}");
    }
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Good">False: something must be done.</param>
/// <param name="Text">What was found, and what to do.</param>
internal sealed record HostFinding(bool Good, string Text);
