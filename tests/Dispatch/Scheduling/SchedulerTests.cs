using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch.Scheduling;

/// <summary>What operators rely on, one habit of the scheduler after the other.</summary>
public class SchedulerTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private const string Nightly = """
        schedule: {cron: "30 2 * * *", zone: UTC}
        window: {start_by: "02:40", deliver_by: "06:00"}

        """;

    [Fact]
    public void Firing_Due_RunsItsStepsInOrder_AndTellsOnce()
    {
        using var bench = new SchedulerBench(Noon, Two());

        bench.Pass(TimeSpan.FromHours(14.5));
        bench.Running.ShouldBe(["app.2026-11-28.r1.one.1"]);
        bench.End("app.2026-11-28.r1.one.1", StepEnd.Succeeded);
        bench.Running.ShouldBe(["app.2026-11-28.r1.two.1"]);
        bench.End("app.2026-11-28.r1.two.1", StepEnd.Succeeded);

        bench.States.ShouldBe(["app.2026-11-28.r1 ok"]);
        bench.Told.ShouldBe(["app.2026-11-28.r1 ok"]);
    }

    [Fact]
    public void Pipeline_SeenForTheFirstTime_MakesNoRunOfThePast()
    {
        using var bench = new SchedulerBench(Noon.AddHours(14.6), Two());

        bench.Pass(TimeSpan.FromHours(1));

        bench.States.ShouldBeEmpty();
    }

    [Fact]
    public void Schedule_Edited_MakesNoSecondRunOfTheDate()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Pass(TimeSpan.FromHours(15));
        bench.Definitions.Use([TestPipelines.Parse("app", "schedule: {cron: \"30 4 * * *\", zone: UTC}\n" + Steps("one"))]);

        bench.Pass(TimeSpan.FromHours(20));

        bench.States.ShouldBe(["app.2026-11-28.r1 running"], "the date has its run, by the definition that it began with");
        bench.End("app.2026-11-28.r1.one.1", StepEnd.Succeeded);
        bench.Running.ShouldBe(["app.2026-11-28.r1.two.1"], "the step that the file no longer has");
    }

    [Fact]
    public void Pipeline_TakenOffTheTimetable_LeavesNothingToWakeFor()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Definitions.Use([]);

        bench.Pass(TimeSpan.FromHours(15));

        bench.Tick().ShouldBeGreaterThan(TimeSpan.FromSeconds(10), "a dispatcher that is not asked for anything sleeps");
        bench.States.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("none", 0)]
    [InlineData("last", 1)]
    [InlineData("2", 2)]
    public void CatchUp_AfterThreeDaysAway_RunsWhatItSays_AndTellsTheRest(string catchUp, int runs)
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", $"catch_up: {catchUp}\n{Nightly}{Steps("one")}"));

        bench.Clock.Advance(TimeSpan.FromDays(3));
        bench.Tick();

        RunRow[] rows = [.. new[] { "28", "29", "30" }.Select(day => bench.Run($"app.2026-11-{day}.r1"))];
        rows.Count(row => row.State != RunState.Skipped).ShouldBe(runs);
        rows.TakeLast(runs).ShouldAllBe(row => row.Trigger == RunTrigger.CatchUp);
        rows.Where(row => row.State == RunState.Skipped).ShouldAllBe(row => row.Reason!.StartsWith("missed: no dispatcher looked between"));
    }

    [Fact]
    public void Pause_WhileDue_LeavesARowWithItsReason_AndResumingMakesNoExtraRun()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Requests.Pause("app", new Asker("ann", "the model is checked"));

        bench.Pass(TimeSpan.FromDays(1));
        bench.Requests.Resume("app", SchedulerBench.Somebody);
        bench.Pass(TimeSpan.FromHours(1));

        bench.States.ShouldBe(["app.2026-11-28.r1 skipped"]);
        bench.Run("app.2026-11-28.r1").Reason.ShouldBe("paused by ann: the model is checked");
    }

    [Fact]
    public void Drain_LetsRunningStepsGoOn_AndBeginsNoRun()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Pass(TimeSpan.FromHours(14.5));
        bench.Requests.Pause(Requests.Everything, SchedulerBench.Somebody);

        bench.End("app.2026-11-28.r1.one.1", StepEnd.Succeeded);
        bench.End("app.2026-11-28.r1.two.1", StepEnd.Succeeded);
        bench.Pass(TimeSpan.FromDays(1));

        bench.States.ShouldBe(["app.2026-11-28.r1 ok", "app.2026-11-29.r1 queued"]);
        bench.Requests.Resume(Requests.Everything, SchedulerBench.Somebody);
        bench.Tick();
        bench.Running.ShouldBe(["app.2026-11-29.r1.one.1"], "nothing is lost by a drain");
    }

    [Fact]
    public void Maintenance_HoldsARunBack_UntilItsEnd()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Maintenance.Add(new Maintenance(Noon.AddHours(14), Noon.AddHours(16), "update of the cluster"));

        bench.Pass(TimeSpan.FromHours(15));
        bench.Running.ShouldBeEmpty();
        bench.Run("app.2026-11-28.r1").Reason.ShouldBe("maintenance until 2026-11-28 04:00 +00:00: update of the cluster");
        bench.Pass(TimeSpan.FromHours(1));

        bench.Running.ShouldBe(["app.2026-11-28.r1.one.1"]);
    }

    [Theory]
    [InlineData("skip", "app.2026-11-29.r1 skipped")]
    [InlineData("queue", "app.2026-11-29.r1 queued")]
    public void Overlap_OfALongRun_DoesWhatTheFileSays(string overlap, string state)
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", $"overlap: {overlap}\n{Nightly}{Steps("one")}"));

        bench.Pass(TimeSpan.FromDays(2));

        bench.States.ShouldBe(["app.2026-11-28.r1 running", state]);
    }

    [Fact]
    public void Overlap_Queue_KeepsTheNewestOfThoseThatWait()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", $"overlap: queue\n{Nightly}{Steps("one")}"));

        bench.Pass(TimeSpan.FromDays(3));

        bench.States.ShouldBe(["app.2026-11-28.r1 running", "app.2026-11-29.r1 skipped", "app.2026-11-30.r1 queued"]);
    }

    [Fact]
    public void Retries_WaitLongerEachTime_AndEndAfterTheirCount()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", Nightly + Steps("one", ", retries: {count: 2, wait: 1m}")));
        bench.Pass(TimeSpan.FromHours(14.5));

        bench.End("app.2026-11-28.r1.one.1", StepEnd.Failed, "no room", retryHelps: true);
        bench.Pass(TimeSpan.FromSeconds(59));
        bench.Running.ShouldBeEmpty();
        bench.Pass(TimeSpan.FromSeconds(2));
        bench.End("app.2026-11-28.r1.one.2", StepEnd.Failed, "no room", retryHelps: true);
        bench.Pass(TimeSpan.FromSeconds(119));
        bench.Running.ShouldBeEmpty();
        bench.Pass(TimeSpan.FromSeconds(2));
        bench.End("app.2026-11-28.r1.one.3", StepEnd.Failed, "no room", retryHelps: true);

        bench.Run("app.2026-11-28.r1").Reason.ShouldBe("one: no room");
        bench.States.ShouldBe(["app.2026-11-28.r1 failed"]);
    }

    [Fact]
    public void Failure_ThatARetryCannotCure_IsNotTriedAgain()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", Nightly + Steps("one", ", retries: {count: 2, wait: 1m}")));
        bench.Pass(TimeSpan.FromHours(14.5));

        bench.End("app.2026-11-28.r1.one.1", StepEnd.Failed, "wrong key", retryHelps: false);

        bench.States.ShouldBe(["app.2026-11-28.r1 failed"]);
    }

    [Fact]
    public void Failure_RunsTheStepsThatAreForIt_AndThoseThatAlwaysRun()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", Nightly + Steps("one") + Steps("two")
            + Steps("tell", ", when: failure") + Steps("tidy", ", when: always")));
        bench.Pass(TimeSpan.FromHours(14.5));

        bench.End("app.2026-11-28.r1.one.1", StepEnd.Failed);
        bench.Running.ShouldBe(["app.2026-11-28.r1.tell.1"]);
        bench.End("app.2026-11-28.r1.tell.1", StepEnd.Succeeded);
        bench.End("app.2026-11-28.r1.tidy.1", StepEnd.Succeeded);

        bench.Step("app.2026-11-28.r1", "two").ShouldBe("skipped");
        bench.States.ShouldBe(["app.2026-11-28.r1 failed"], "clean-up cures nothing");
    }

    [Fact]
    public void Cancel_EndsWhatRuns_AndStillCleansUp()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", Nightly + Steps("one") + Steps("two") + Steps("tidy", ", when: always")));
        bench.Pass(TimeSpan.FromHours(14.5));

        bench.Requests.Cancel("app.2026-11-28.r1", new Asker("ann", "wrong input"));
        bench.Tick();
        bench.Cancelled.ShouldBe(["app.2026-11-28.r1.one.1"]);
        bench.End("app.2026-11-28.r1.one.1", StepEnd.Cancelled);
        bench.Running.ShouldBe(["app.2026-11-28.r1.tidy.1"]);
        bench.End("app.2026-11-28.r1.tidy.1", StepEnd.Succeeded);

        bench.States.ShouldBe(["app.2026-11-28.r1 cancelled"]);
        bench.Run("app.2026-11-28.r1").Reason.ShouldBe("cancelled by ann: wrong input");
    }

    [Fact]
    public void Condition_OnAFigure_DecidesWhetherAStepRuns()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", Nightly + Steps("one") + Steps("two", ", if: one.rows > 0")));
        bench.Pass(TimeSpan.FromHours(14.5));

        bench.End("app.2026-11-28.r1.one.1", StepEnd.Succeeded, figures: new JsonObject { ["rows"] = 0 });

        bench.Step("app.2026-11-28.r1", "two").ShouldBe("skipped");
        bench.States.ShouldBe(["app.2026-11-28.r1 ok"]);
    }

    [Fact]
    public void Retry_GoesOnWithWhatDidNotSucceed_UnderTheSameId()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Pass(TimeSpan.FromHours(14.5));
        bench.End("app.2026-11-28.r1.one.1", StepEnd.Succeeded);
        bench.End("app.2026-11-28.r1.two.1", StepEnd.Failed);
        bench.Pass(TimeSpan.FromHours(1));

        bench.Requests.Retry("app.2026-11-28.r1", null, SchedulerBench.Somebody).ShouldBe(["two"]);
        bench.Tick();
        bench.Running.ShouldBe(["app.2026-11-28.r1.two.2"], "an attempt's number never comes again: it names a folder on the host");
        bench.Run("app.2026-11-28.r1").Started.ShouldBe(bench.Clock.GetUtcNow(), "what it took is what this try took");
        bench.End("app.2026-11-28.r1.two.2", StepEnd.Succeeded);

        bench.States.ShouldBe(["app.2026-11-28.r1 ok"]);
    }

    [Fact]
    public void Date_ThatHasARun_IsNotRunTwice_UnlessAskedAsARevision()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Requests.Run(Two(), new DateOnly(2026, 11, 20), revision: false, [], SchedulerBench.Somebody);

        Should.Throw<BatchScoringException>(() =>
            bench.Requests.Run(Two(), new DateOnly(2026, 11, 20), revision: false, [], SchedulerBench.Somebody)).Code.ShouldBe("RUN_EXISTS");
        bench.Requests.Run(Two(), new DateOnly(2026, 11, 20), revision: true, [], SchedulerBench.Somebody).Id.ShouldBe("app.2026-11-20.r2");
    }

    [Fact]
    public void Backfill_GoesOneByOne_BehindWhatIsDue_AndIsNotStarved()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Requests.Backfill(Two(), new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 3), dry: true, SchedulerBench.Somebody).Count.ShouldBe(3);
        bench.States.ShouldBeEmpty("a dry run writes nothing");
        bench.Requests.Backfill(Two(), new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 3), dry: false, SchedulerBench.Somebody);

        bench.Tick();
        bench.Running.ShouldBe(["app.2026-11-01.r1.one.1"]);
        bench.Pass(TimeSpan.FromHours(14.5));
        bench.End("app.2026-11-01.r1.one.1", StepEnd.Succeeded);
        bench.End("app.2026-11-01.r1.two.1", StepEnd.Succeeded);

        bench.Running.ShouldBe(["app.2026-11-28.r1.one.1"], "what is due goes first");
    }

    [Fact]
    public void Skip_Beforehand_LeavesTheDateOut()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Requests.Skip(Two(), new DateOnly(2026, 11, 28), new Asker("ann", "no new loans"));

        bench.Pass(TimeSpan.FromDays(1));

        bench.States.ShouldBe(["app.2026-11-28.r1 skipped"]);
    }

    [Fact]
    public void Promises_NotStartedAndLate_AreToldOnceEach_AndLateIsAVerdictOfItsOwn()
    {
        using var bench = new SchedulerBench(Noon, Two());
        bench.Requests.Pause(Requests.Everything, SchedulerBench.Somebody);
        bench.Pass(TimeSpan.FromHours(15));
        bench.Requests.Resume(Requests.Everything, SchedulerBench.Somebody);

        bench.Pass(TimeSpan.FromHours(5));
        bench.End("app.2026-11-28.r1.one.1", StepEnd.Succeeded);
        bench.End("app.2026-11-28.r1.two.1", StepEnd.Succeeded);

        bench.Told.ShouldBe(["app.2026-11-28.r1 not-started", "app.2026-11-28.r1 late", "app.2026-11-28.r1 late"]);
        bench.States.ShouldBe(["app.2026-11-28.r1 late"]);
    }

    [Fact]
    public void Forecast_FromEarlierRuns_WarnsBeforeTheMiss()
    {
        using var bench = new SchedulerBench(Noon, TestPipelines.Parse("app", Nightly + Steps("one")));
        for (int day = 28; day <= 30; day++)
        {
            bench.Pass(TimeSpan.FromHours(day == 28 ? 14.5 : 24) - TimeSpan.FromHours(day == 28 ? 0 : 2));
            bench.Pass(TimeSpan.FromHours(2));
            bench.End($"app.2026-11-{day}.r1.one.1", StepEnd.Succeeded);
        }

        bench.Told.Clear();
        bench.Requests.Pause(Requests.Everything, SchedulerBench.Somebody);
        bench.Pass(TimeSpan.FromHours(24));
        bench.Requests.Resume(Requests.Everything, SchedulerBench.Somebody);
        bench.Tick();

        bench.Clock.GetUtcNow().ShouldBeLessThan(new DateTimeOffset(2026, 12, 1, 6, 0, 0, TimeSpan.Zero));
        bench.Told.ShouldContain("app.2026-12-01.r1 late");
    }

    private static Pipeline Two() => TestPipelines.Parse("app", Nightly + Steps("one") + Steps("two"));

    private static string Steps(string name, string more = "") => (name == "one" ? "steps:\n" : "")
        + $"- {{name: {name}, exec: {{host: here, command: [work]}}{more}}}\n";
}
