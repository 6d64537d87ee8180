using BatchScoring.Core;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch.Scheduling;

/// <summary>What was agreed for nights that are too short, and what is noticed of runs that are unlike those before.</summary>
public class BatchWindowTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Head = """
        schedule: {cron: "0 2 * * *", zone: UTC}
        parameters: {explain: "10", model: champion}

        """;

    private const string Steps = """
        steps:
        - {name: one, exec: {host: here, command: [work, "{model}"]}, retries: {count: 1, wait: 1m}}
        - {name: two, exec: {host: here, command: [work, "{explain}"]}}

        """;

    [Fact]
    public void CannotEnd_Skip_LeavesARunOut_ThatTheQuickestWouldNotEnd_AndTellsPeople()
    {
        using var bench = new SchedulerBench(Midnight, Parse("window: {deliver_by: \"06:00\", cannot_end: skip}\n" + Steps));
        GoodNights(bench, 3);
        Hold(bench, until: new TimeSpan(4, 30, 0));

        bench.States[^1].ShouldBe("app.2026-11-04.r1 skipped");
        bench.Run("app.2026-11-04.r1").Reason!.ShouldContain("the quickest of earlier runs would end at 2026-11-04 06:");
        bench.Told[^1].ShouldBe("app.2026-11-04.r1 cannot-end");
        bench.Step("app.2026-11-04.r1", "one").ShouldBe("skipped");
    }

    [Fact]
    public void CannotEnd_Begin_IsWhatHolds_WhereNothingIsSaid()
    {
        using var bench = new SchedulerBench(Midnight, Parse("window: {deliver_by: \"06:00\"}\n" + Steps));
        GoodNights(bench, 3);
        Hold(bench, until: new TimeSpan(4, 30, 0));

        bench.States[^1].ShouldBe("app.2026-11-04.r1 running");
    }

    [Fact]
    public void CannotEnd_Skip_DoesNotStopAPerson()
    {
        Pipeline pipeline = Parse("window: {deliver_by: \"06:00\", cannot_end: skip}\n" + Steps);
        using var bench = new SchedulerBench(Midnight, pipeline);
        GoodNights(bench, 3);
        bench.Pass(TimeSpan.FromHours(5.5) - bench.Clock.GetUtcNow().TimeOfDay);

        bench.Requests.Run(pipeline, new DateOnly(2026, 11, 9), revision: false, [], SchedulerBench.Somebody);
        bench.Tick();

        bench.States[^1].ShouldBe("app.2026-11-09.r1 running");
    }

    [Fact]
    public void WhenShort_ReplacesParameters_FromTheStepOnThatBeginsTooLate_AndALaterLookKeepsEachAttemptsOwn()
    {
        using var bench = new SchedulerBench(
            Midnight, Parse("window: {deliver_by: \"06:00\", when_short: {explain: \"0\", model: yesterday}}\n" + Steps));
        GoodNights(bench, 3);
        bench.Pass(NextNight(bench) + TimeSpan.FromHours(2.9));
        bench.Work("app.2026-11-04.r1.one.1").Settings["command"]![1]!.GetValue<string>().ShouldBe("champion");

        bench.End("app.2026-11-04.r1.one.1", StepEnd.Succeeded);
        bench.Pass(TimeSpan.FromMinutes(1));

        bench.Work("app.2026-11-04.r1.two.1").Settings["command"]![1]!.GetValue<string>().ShouldBe("10", "05:54 is still in time");
        bench.End("app.2026-11-04.r1.two.1", StepEnd.Succeeded);
        bench.Pass(NextNight(bench) + TimeSpan.FromHours(3.1));
        bench.End("app.2026-11-05.r1.one.1", StepEnd.Failed, "lost", retryHelps: true);
        bench.Pass(TimeSpan.FromMinutes(2));

        bench.Work("app.2026-11-05.r1.one.2").Settings["command"]![1]!.GetValue<string>().ShouldBe("yesterday");
        bench.Told.ShouldContain("app.2026-11-05.r1 short-of-time");
        bench.End("app.2026-11-05.r1.one.2", StepEnd.Succeeded);
        bench.Work("app.2026-11-05.r1.two.1").Settings["command"]![1]!.GetValue<string>().ShouldBe("0");
        bench.End("app.2026-11-05.r1.two.1", StepEnd.Succeeded);
        bench.Run("app.2026-11-05.r1").Short!.ShouldContain("explain=0, model=yesterday");
    }

    [Fact]
    public void Window_Short_ChoosesBetweenTwoWays_AndStepsBehindBothGoOn()
    {
        using var bench = new SchedulerBench(Midnight, Parse("""
            window: {deliver_by: "06:00", when_short: {}}
            steps:
            - {name: cluster, if: "window.short != 'true'", exec: {host: here, command: [work]}}
            - {name: here, after: [], if: "window.short = 'true'", exec: {host: here, command: [work]}}
            - {name: collect, after: [cluster, here], exec: {host: here, command: [work]}}
            """));
        for (int day = 1; day <= 3; day++)
        {
            bench.Pass(NextNight(bench));
            bench.Running.ShouldBe([$"app.2026-11-0{day}.r1.cluster.1"]);
            bench.Pass(TimeSpan.FromHours(2));
            bench.End($"app.2026-11-0{day}.r1.cluster.1", StepEnd.Succeeded);
            bench.End($"app.2026-11-0{day}.r1.collect.1", StepEnd.Succeeded);
        }

        Hold(bench, until: new TimeSpan(4, 30, 0));
        bench.Running.ShouldBe(["app.2026-11-04.r1.here.1"]);
        bench.End("app.2026-11-04.r1.here.1", StepEnd.Succeeded);
        bench.End("app.2026-11-04.r1.collect.1", StepEnd.Succeeded);
        bench.States[^1].ShouldBe("app.2026-11-04.r1 ok");
    }

    [Fact]
    public void Length_UnlikeThatOfEarlierRuns_IsToldOnce()
    {
        using var bench = new SchedulerBench(Midnight, Parse(Steps));
        GoodNights(bench, 10);
        bench.Told.ShouldAllBe(told => told.EndsWith(" ok", StringComparison.Ordinal));
        bench.Told.Clear();

        bench.Pass(NextNight(bench) + TimeSpan.FromHours(5));
        bench.Told.ShouldBe(["app.2026-11-11.r1 too-long"]);
        bench.End("app.2026-11-11.r1.one.1", StepEnd.Succeeded);
        bench.End("app.2026-11-11.r1.two.1", StepEnd.Succeeded);
        bench.Told.Clear();

        bench.Pass(NextNight(bench));
        bench.End("app.2026-11-12.r1.one.1", StepEnd.Succeeded);
        bench.End("app.2026-11-12.r1.two.1", StepEnd.Succeeded);
        bench.Told.ShouldBe(["app.2026-11-12.r1 too-short", "app.2026-11-12.r1 ok"]);
    }

    [Theory]
    [InlineData("window: {deliver_by: \"06:00\", when_short: {explian: \"0\"}}", "The pipeline has no parameter 'explian'", "explain")]
    [InlineData("window: {start_by: \"03:00\", cannot_end: skip}", "'cannot_end' is about 'deliver_by', which is not set", "")]
    [InlineData("window: {deliver_by: \"06:00\", cannot_end: stop}", "begin", "skip")]
    public void Mistakes_OfTheWindow_AreToldWithTheirPlace(string window, string text, string also)
    {
        BatchScoringException error = Should.Throw<BatchScoringException>(() => Parse(window + "\n" + Steps));

        error.Message.ShouldContain(text);
        error.Message.ShouldContain(also);
    }

    /// <summary>Each step takes an hour.</summary>
    private static void GoodNights(SchedulerBench bench, int count)
    {
        for (int day = 1; day <= count; day++)
        {
            bench.Pass(NextNight(bench));
            foreach (string step in new[] { "one", "two" })
            {
                bench.Pass(TimeSpan.FromHours(1));
                bench.End($"app.2026-11-{day:00}.r1.{step}.1", StepEnd.Succeeded);
            }
        }
    }

    /// <summary>How long until the next 02:00.</summary>
    private static TimeSpan NextNight(SchedulerBench bench)
    {
        TimeSpan now = bench.Clock.GetUtcNow().TimeOfDay, due = TimeSpan.FromHours(2);
        return (now < due ? due : due + TimeSpan.FromDays(1)) - now;
    }

    /// <summary>Nothing begins until an hour of the next night.</summary>
    private static void Hold(SchedulerBench bench, TimeSpan until)
    {
        bench.Requests.Pause(Requests.Everything, SchedulerBench.Somebody);
        bench.Pass(NextNight(bench) + until - TimeSpan.FromHours(2));
        bench.Requests.Resume(Requests.Everything, SchedulerBench.Somebody);
        bench.Tick();
    }

    private static Pipeline Parse(string rest) => TestPipelines.Parse("app", Head + rest);
}
