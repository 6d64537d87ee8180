using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>Executors that die and tasks that run twice, on a cluster of two workers.</summary>
[Collection(StandaloneCollection.Name)]
public sealed class StandaloneFaultTests(StandaloneFixture clusters)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(System.Environment.GetEnvironmentVariable("CI") == "true" ? 10 : 4);

    [SkippableFact]
    public async Task Executor_KilledInTheMiddleOfASplit_IsReplacedAndLeavesNoOrphan()
    {
        SparkSite site = (await clusters.RequireAsync("4.3.0")).Site;
        using ScoringWorld world = await ScoringWorld.CreateAsync(site);
        using HeldRequest held = world.HoldRows(2);
        using SubmittedJob job = world.StartScore();
        await job.WhileItRunsAsync(held.Came);
        IReadOnlyList<LinuxProcess> runners = job.Runners;
        runners.ShouldNotBeEmpty();

        foreach (int executor in runners.Select(runner => runner.Parent).Distinct())
            LinuxProcess.Read(executor).ShouldNotBeNull().Signal("KILL");

        // Nobody lets the request go before: a runner must not need its store to see that its executor is gone.
        await Poll.UntilAsync(() => runners.All(runner => !runner.IsAlive), Soon, "the end of the orphans");
        held.Dispose();
        (await job.EndAsync()).ShouldExitWith(0);
        job.Runners.ShouldBeEmpty();
        await world.ShouldBeCompleteAsync();
        await world.CleanAsync();
        await world.ShouldHaveNothingPendingAsync();
    }

    [SkippableFact]
    public async Task Speculation_OfASlowRunner_CountsItsRowsOnce()
    {
        SparkSite site = (await clusters.RequireAsync("3.5.8")).Site;
        using var events = new TemporaryFolder();
        using ScoringWorld world = await ScoringWorld.CreateAsync(site,
            "--conf", "spark.eventLog.enabled=true", "--conf", $"spark.eventLog.dir=file://{events.Path}",
            "--conf", "spark.speculation=true", "--conf", "spark.speculation.quantile=0.1", "--conf", "spark.speculation.multiplier=1.1",
            "--conf", "spark.speculation.interval=100ms", "--conf", "spark.speculation.minTaskRuntime=100ms");
        using HeldRequest held = world.HoldRows(2);
        using SubmittedJob job = world.StartScore();
        await job.WhileItRunsAsync(held.Came);

        // Held until the whole job is over: only a second runner can have answered for it.
        (await job.EndAsync()).ShouldExitWith(0);

        string log = await File.ReadAllTextAsync(Directory.GetFiles(events.Path, "*", SearchOption.AllDirectories).ShouldHaveSingleItem());
        log.ShouldContain("\"Speculative\":true");
        held.Seen.ShouldBeGreaterThan(1);
        await world.ShouldBeCompleteAsync();
        held.Release();
        await Poll.UntilAsync(() => job.Runners.Count == 0, TimeSpan.FromSeconds(30), "the end of the slow runner");
        await world.ShouldBeCompleteAsync();
        await world.CleanAsync();
        await world.ShouldHaveNothingPendingAsync();
    }
}
