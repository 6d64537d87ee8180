using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Integration.Spark;

/// <summary>
/// Processes that die while Spark runs on this machine: no row is lost, none comes twice, nothing unfinished looks finished.
/// </summary>
public sealed class FaultTests
{
    /// <summary>The promise is two seconds; a machine that builds and tests at the same time gets some more.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(System.Environment.GetEnvironmentVariable("CI") == "true" ? 10 : 4);

    public static TheoryData<string> Versions { get; } = [.. SparkLauncher.Versions];

    [SkippableTheory]
    [MemberData(nameof(Versions))]
    public async Task Runner_KilledInTheMiddleOfASplit_IsTriedAgain(string version)
    {
        using ScoringWorld world = await ScoringWorld.CreateAsync(SparkSite.Local(version));
        using HeldRequest held = world.HoldRows(2);
        using SubmittedJob job = world.StartScore();
        await job.WhileItRunsAsync(held.Came);
        IReadOnlyList<LinuxProcess> runners = job.Runners;
        runners.ShouldNotBeEmpty();

        foreach (LinuxProcess runner in runners) runner.Signal("KILL");
        held.Dispose();

        (await job.EndAsync()).ShouldExitWith(0);
        held.Seen.ShouldBeGreaterThan(1);
        await world.ShouldBeCompleteAsync();
        await world.CleanAsync();
        await world.ShouldHaveNothingPendingAsync();
    }

    [SkippableFact]
    public async Task Driver_KilledBeforeItPublishes_LeavesNothingFinishedAndTheNextRunPublishes()
    {
        using ScoringWorld world = await ScoringWorld.CreateAsync(SparkSite.Local("4.3.0"));
        using (HeldRequest held = world.HoldPublishing())
        using (SubmittedJob job = world.StartScore())
        {
            await job.WhileItRunsAsync(held.Came);

            job.Driver.ShouldNotBeNull().Signal("KILL");
            held.Dispose();

            ProgramResult result = (await job.EndAsync()).ShouldExitWith(2);
            result.Errors.ShouldContain("SUBMIT_FAILED");
        }

        await world.ShouldBeUnpublishedAsync();
        (await world.PendingAsync()).ShouldNotBeEmpty();
        (await world.ScoreAsync()).ShouldExitWith(0).Output.ShouldContain("published");
        await world.ShouldBeCompleteAsync();
        await world.CleanAsync();
        await world.ShouldHaveNothingPendingAsync();
        await world.ShouldBeCompleteAsync();
    }

    [SkippableTheory]
    [InlineData("3.5.8", "INT", false)]
    [InlineData("4.3.0", "TERM", true)]
    public async Task Stop_InTheMiddleOfASplit_EndsRunnersSoonAndLeavesNothingPending(string version, string signal, bool toDriver)
    {
        using ScoringWorld world = await ScoringWorld.CreateAsync(SparkSite.Local(version));
        using HeldRequest held = world.HoldRows(2);
        using SubmittedJob job = world.StartScore();
        await job.WhileItRunsAsync(held.Came);
        IReadOnlyList<LinuxProcess> runners = job.Runners;
        runners.ShouldNotBeEmpty();

        (toDriver ? job.Driver.ShouldNotBeNull() : job.Submit).Signal(signal);

        await Poll.UntilAsync(() => runners.All(runner => !runner.IsAlive), Soon, "the end of the runners");
        ProgramResult result = (await job.EndAsync()).ShouldExitWith(130);
        result.Errors.ShouldContain("Repeat the command");
        job.Runners.ShouldBeEmpty();
        await world.ShouldBeUnpublishedAsync();
        await world.ShouldHaveNothingPendingAsync();
    }

    [SkippableFact]
    public async Task Store_AnswersEveryThirdRequestWith503_TheResultIsTheSame()
    {
        using ScoringWorld world = await ScoringWorld.CreateAsync(SparkSite.Local("3.5.8"));
        int requests = 0, refused = 0;
        world.Proxy.Fault = async request =>
        {
            if (Interlocked.Increment(ref requests) % 3 != 0) return await world.Proxy.ForwardAsync(request);
            Interlocked.Increment(ref refused);
            return FaultProxy.Error(503, "SlowDown");
        };

        (await world.ScoreAsync()).ShouldExitWith(0);

        refused.ShouldBeGreaterThan(10);
        await world.ShouldBeCompleteAsync();
        await world.ShouldHaveNothingPendingAsync();
    }

    [SkippableFact]
    public async Task Store_AnswersOnlyWith503WhileTasksRun_FailsWithTheReasonAndTheNextRunPublishes()
    {
        using ScoringWorld world = await ScoringWorld.CreateAsync(new SparkSite("4.3.0", "--master", "local[2,1]"));
        world.Proxy.Fault = async request =>
            request.Method == "GET" && request.Path.EndsWith("/3.parquet", StringComparison.Ordinal) && world.Planned
            ? FaultProxy.Error(503, "SlowDown")
            : await world.Proxy.ForwardAsync(request);

        ProgramResult result = await world.ScoreAsync();

        result.ExitCode.ShouldNotBe(0);
        result.Errors.ShouldContain("SlowDown");
        await world.ShouldBeUnpublishedAsync();
        world.Proxy.Fault = null;
        (await world.ScoreAsync()).ShouldExitWith(0);
        await world.ShouldBeCompleteAsync();
    }
}
