using System.Globalization;
using System.Text;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Hosts;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Dispatch.Hosts;

/// <summary>What holds for jobs on every host, however it is reached.</summary>
public abstract class DetachedJobsContract : HostContract
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);
    private static readonly CancellationToken Never = CancellationToken.None;

    private DetachedJobs Jobs => new(Host);

    private string Counter => Folder.File("counter");

    [SkippableFact]
    public async Task Job_ThatEnds_LeavesItsCodeAndWhatItSaid()
    {
        JobSpec spec = Shell("echo out; echo err >&2; exit 7");
        JobLook look = await EndAsync(spec);
        look.ShouldSatisfyAllConditions(() => look.State.ShouldBe(JobState.Ended), () => look.Code.ShouldBe(7));
        Encoding.UTF8.GetString(await Jobs.ReadLogAsync(look, 0, 100, Never)).ShouldBe("out\nerr\n");
        Encoding.UTF8.GetString(await Jobs.ReadLogAsync(look, 4, 3, Never)).ShouldBe("err");
    }

    [SkippableFact]
    public async Task Job_WithItsOutputApart_MixesNothing()
    {
        JobLook look = await EndAsync(Shell("echo out; echo err >&2") with { OutputApart = true });
        Encoding.UTF8.GetString(await Jobs.ReadOutputAsync(look, 0, 100, Never)).ShouldBe("out\n");
        Encoding.UTF8.GetString(await Jobs.ReadLogAsync(look, 0, 100, Never)).ShouldBe("err\n");
    }

    [SkippableFact]
    public async Task Job_GetsItsWordsItsVariablesAndItsFolder()
    {
        Directory.CreateDirectory(Folder.File("it's here"));
        string[] words = ["printf", "%s|", "a b", "'", "$HOME", "", "\n", "ü"];
        JobLook look = await EndAsync(new JobSpec(Name(), words));
        Encoding.UTF8.GetString(await Jobs.ReadLogAsync(look, 0, 100, Never)).ShouldBe("a b|'|$HOME||\n|ü|");
        look = await EndAsync(Shell("echo \"$A\"; pwd", "r.next.1") with
        {
            Environment = new Dictionary<string, string> { ["A"] = "it's $A" },
            WorkingFolder = Folder.File("it's here"),
        });
        Encoding.UTF8.GetString(await Jobs.ReadLogAsync(look, 0, 500, Never)).ShouldBe($"it's $A\n{Folder.File("it's here")}\n");
    }

    [SkippableFact]
    public async Task Start_Again_FindsTheJobThatRuns()
    {
        JobSpec spec = Counting("sleep 1");
        JobLook first = await Jobs.StartAsync(spec, Never);
        first.State.ShouldBeOneOf(JobState.Starting, JobState.Alive);
        JobLook[] looks = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Jobs.StartAsync(spec, Never)));
        looks.ShouldAllBe(look => look.State == JobState.Alive || look.State == JobState.Starting || look.State == JobState.Ended);
        await EndAsync(spec);
        (await Jobs.StartAsync(spec, Never)).State.ShouldBe(JobState.Ended);
        File.ReadAllLines(Counter).Length.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Start_ByManyAtOnce_StartsOne()
    {
        JobSpec spec = Counting("sleep 0.5");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Jobs.StartAsync(spec, Never)));
        await EndAsync(spec);
        File.ReadAllLines(Counter).Length.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Start_OfTheNextAttemptWhileOneRuns_IsRefused()
    {
        await Jobs.StartAsync(Shell("sleep 30"), Never);
        (await FailureOf(() => Jobs.StartAsync(Shell("sleep 30", "r.s.2"), Never))).Code.ShouldBe("REMOTE_JOB_STILL_RUNS");
        await CancelAsync(Name());
        (await EndAsync(Shell("exit 0", "r.s.2"))).Code.ShouldBe(0);
    }

    [SkippableFact]
    public async Task OlderFence_AfterANewerWasSeen_IsRefusedWhateverItAsks()
    {
        JobSpec old = Counting("sleep 0.1");
        await Jobs.LookAsync(old.Name with { Fence = 8 }, Never);
        foreach (Func<Task> ask in new Func<Task>[]
        {
            () => Jobs.StartAsync(old, Never), () => Jobs.LookAsync(old.Name, Never), () => Jobs.CancelAsync(old.Name, true, Never),
            () => Jobs.RemoveAsync(old.Name, Never),
        })
            (await FailureOf(ask)).Code.ShouldBe("REMOTE_JOB_FENCED");
        File.Exists(Counter).ShouldBeFalse();
        (await Jobs.LookAsync(old.Name with { Fence = 8 }, Never)).State.ShouldBe(JobState.Nothing);
    }

    [SkippableFact]
    public async Task Job_Killed_HasDied()
    {
        JobSpec spec = Shell("sleep 60");
        JobLook look = await AliveAsync(spec);
        foreach (LinuxProcess process in Processes(look)) process.Signal("KILL");
        (await OverAsync(spec.Name)).State.ShouldBe(JobState.Died);
    }

    [SkippableFact]
    public async Task Job_WhoseShellWasKilled_LivesAsLongAsAProcessOfIt()
    {
        JobSpec spec = Shell("setsid sleep 2 & exec sleep 2");
        JobLook look = await AliveAsync(spec);
        int shell = int.Parse(File.ReadAllText(look.Folder + "/process").Split(' ')[1], CultureInfo.InvariantCulture);
        LinuxProcess.Read(shell)!.Signal("KILL");
        (await Jobs.LookAsync(spec.Name, Never)).State.ShouldBe(JobState.Alive);
        (await OverAsync(spec.Name)).State.ShouldBe(JobState.Died);
    }

    [SkippableFact]
    public async Task Job_OfAnEarlierBoot_HasDied()
    {
        JobSpec spec = Shell("sleep 30");
        JobLook look = await AliveAsync(spec);
        string[] process = File.ReadAllText(look.Folder + "/process").Split(' ');
        File.WriteAllText(look.Folder + "/process", $"{Guid.NewGuid()} {process[1]} {process[2]}");
        (await Jobs.LookAsync(spec.Name, Never)).State.ShouldBe(JobState.Died);
        File.WriteAllText(look.Folder + "/process", string.Join(' ', process));
        await CancelAsync(spec.Name);
    }

    [SkippableFact]
    public async Task Cancel_EndsEveryProcessOfTheJob()
    {
        JobSpec spec = Shell("setsid sleep 60 & sleep 60 & sleep 60");
        JobLook look = await AliveAsync(spec);
        LinuxProcess[] processes = Processes(look);
        processes.Length.ShouldBeGreaterThanOrEqualTo(4);
        await CancelAsync(spec.Name);
        processes.ShouldAllBe(process => !process.IsAlive);
    }

    [SkippableFact]
    public async Task Cancel_OfAJobThatCleansUp_LetsItAndKeepsItsCode()
    {
        JobSpec spec = Shell("trap 'echo cleaned; exit 9' TERM; echo ready; while :; do sleep 0.1; done");
        JobLook look = await AliveAsync(spec);
        await Poll.UntilAsync(() => File.ReadAllText(look.Folder + "/log").Contains("ready"), Soon, "the job is ready");
        look = await CancelAsync(spec.Name);
        look.ShouldSatisfyAllConditions(() => look.State.ShouldBe(JobState.Ended), () => look.Code.ShouldBe(9));
    }

    [SkippableFact]
    public async Task Cancel_BeforeTheStartArrived_PreventsIt()
    {
        JobSpec spec = Counting("true");
        await Jobs.CancelAsync(spec.Name, kill: false, Never);
        (await Jobs.StartAsync(spec, Never)).Code.ShouldBe(130);
        File.Exists(Counter).ShouldBeFalse();
    }

    [SkippableFact]
    public async Task Remove_OfARunningJob_IsRefusedAndOfAnEndedOneLeavesNothing()
    {
        JobSpec spec = Shell("sleep 30");
        JobLook look = await AliveAsync(spec);
        (await FailureOf(() => Jobs.RemoveAsync(spec.Name, Never))).Code.ShouldBe("REMOTE_JOB_STILL_RUNS");
        await CancelAsync(spec.Name);
        await Jobs.RemoveAsync(spec.Name, Never);
        Directory.Exists(Path.GetDirectoryName(look.Folder)).ShouldBeFalse();
        (await Jobs.LookAsync(spec.Name, Never)).State.ShouldBe(JobState.Nothing);
    }

    [SkippableFact]
    public async Task Application_InTheLog_IsFound() =>
        (await EndAsync(Shell("echo 'Submitted application application_1700000000000_0042' >&2") with { OutputApart = true })).Application
            .ShouldBe("application_1700000000000_0042");

    [SkippableFact]
    public async Task Folder_IsForItsOwnerOnly()
    {
        JobLook look = await EndAsync(Shell("true") with { Environment = new Dictionary<string, string> { ["TOKEN"] = "canary" } });
        ShellAnswer rights = await Host.RunAsync(
            new ShellScript("cd \"$1\"; stat -c %a . command", look.Folder), TimeSpan.FromMinutes(1), Never);
        rights.Text.ShouldBe("700\n600\n");
    }

    private static JobName Name(string attempt = "r.s.1") => new("r", attempt, 7);

    private static JobSpec Shell(string text, string attempt = "r.s.1") => new(Name(attempt), ["/bin/sh", "-c", text]);

    private static async Task<BatchScoringException> FailureOf(Func<Task> ask) => await Should.ThrowAsync<BatchScoringException>(ask);

    private static LinuxProcess[] Processes(JobLook look) =>
    [
        .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Select(name => LinuxProcess.Read(int.Parse(name!, CultureInfo.InvariantCulture))).OfType<LinuxProcess>()
            .Where(process => process.Environment.Contains($"BATCHSCORING_JOB={look.Folder}\0")),
    ];

    /// <summary>Leaves one line for each time that it is started.</summary>
    private JobSpec Counting(string then) => Shell($"echo started >>'{Counter}'; {then}");

    private async Task<JobLook> EndAsync(JobSpec spec)
    {
        await Jobs.StartAsync(spec, Never);
        return await OverAsync(spec.Name);
    }

    private Task<JobLook> AliveAsync(JobSpec spec) => Poll.ForAsync(
        async () => await Jobs.StartAsync(spec, Never) is { State: JobState.Alive } look && Processes(look).Length > 1 ? look : null,
        Soon, "the job is alive");

    private async Task<JobLook> CancelAsync(JobName name)
    {
        await Jobs.CancelAsync(name, kill: false, Never);
        return await OverAsync(name);
    }

    private Task<JobLook> OverAsync(JobName name) =>
        Poll.ForAsync(async () => await Jobs.LookAsync(name, Never) is { Over: true } look ? look : null, Soon, "the job is over");
}
