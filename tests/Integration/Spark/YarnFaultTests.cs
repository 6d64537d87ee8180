using System.Text.RegularExpressions;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Jobs on YARN that somebody ends.</summary>
[Collection(YarnCollection.Name)]
public sealed partial class YarnFaultTests(YarnFixture yarn)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(System.Environment.GetEnvironmentVariable("CI") == "true" ? 15 : 8);

    [SkippableFact]
    public async Task Application_KilledByYarn_LeavesNoRunnerAndNothingFinished()
    {
        YarnCluster cluster = await yarn.RequireAsync();
        using ScoringWorld world = await ScoringWorld.CreateAsync(cluster.Site("3.5.8"));
        using (HeldRequest held = world.HoldRows(2))
        using (SubmittedJob job = world.StartScore())
        {
            await job.WhileItRunsAsync(held.Came);
            LinuxProcess[] ours = [.. job.Runners, job.Driver.ShouldNotBeNull()];
            ours.Length.ShouldBeGreaterThan(1);
            string application = ApplicationId().Match(ours[0].Environment).Value;

            await cluster.KillAsync(application);

            await Poll.UntilAsync(() => ours.All(process => !process.IsAlive), Soon, "the end of driver and runners");
            (await job.EndAsync()).ExitCode.ShouldNotBe(0);
        }

        await world.ShouldBeUnpublishedAsync();
        world.Clean();
        await world.ShouldHaveNothingPendingAsync();
    }

    [SkippableFact]
    public async Task CtrlC_AtSubmit_EndsTheJobInTheClusterAndLeavesNothingPending()
    {
        YarnCluster cluster = await yarn.RequireAsync();
        using ScoringWorld world = await ScoringWorld.CreateAsync(cluster.Site("4.3.0"));
        using HeldRequest held = world.HoldRows(2);
        using SubmittedJob job = world.StartScore();
        await job.WhileItRunsAsync(held.Came);
        IReadOnlyList<LinuxProcess> runners = job.Runners;
        runners.ShouldNotBeEmpty();

        job.Submit.Signal("INT");

        await Poll.UntilAsync(() => runners.All(runner => !runner.IsAlive), Soon, "the end of the runners");
        (await job.EndAsync()).ShouldExitWith(130);
        await world.ShouldBeUnpublishedAsync();
        await world.ShouldHaveNothingPendingAsync();
    }

    [GeneratedRegex(@"application_\d+_\d+", RegexOptions.None, 1000)]
    private static partial Regex ApplicationId();
}
