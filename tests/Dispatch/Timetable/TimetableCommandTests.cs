using BatchScoring.Core;
using BatchScoring.Dispatcher.CommandLine;
using BatchScoring.Dispatcher.Steps;
using BatchScoring.Hosting;
using BatchScoring.Tests.Testing;
using Microsoft.Extensions.Time.Testing;

namespace BatchScoring.Tests.Dispatch.Timetable;

/// <summary>What people see of the timetable at a terminal.</summary>
public sealed class TimetableCommandTests : IDisposable
{
    private static readonly StepKindInfo[] Kinds = [new("mail", "A mail.", [])];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Next_AroundTheNightOfTheChange_ShowsZoneOffsetAndNote()
    {
        Write(("app", "30 2 * * *", "Europe/Berlin"), ("tokyo", "0 9 * * *", "Asia/Tokyo"));

        Next(4, null, "2027-03-26T12:00:00Z").Lines.ShouldBe(
            [
                "Sat 2027-03-27 09:00:00 +09:00 Asia/Tokyo  tokyo  2027-03-27",
                "Sat 2027-03-27 02:30:00 +01:00 Europe/Berlin  app    2027-03-27",
                "Sun 2027-03-28 09:00:00 +09:00 Asia/Tokyo  tokyo  2027-03-28",
                "Sun 2027-03-28 03:00:00 +02:00 Europe/Berlin  app    2027-03-28  (02:30 is left out: the clock goes forward)",
            ]);
        Next(3, "app", "2026-10-24T12:00:00Z").Lines.ShouldBe(
            [
                "Sun 2026-10-25 02:30:00 +02:00 Europe/Berlin  app  2026-10-25  (this time comes twice: the clock goes back)",
                "Mon 2026-10-26 02:30:00 +01:00 Europe/Berlin  app  2026-10-26  (the clock went back by 1:00 since the day before)",
                "Tue 2026-10-27 02:30:00 +01:00 Europe/Berlin  app  2026-10-27",
            ]);
    }

    [Fact]
    public void Next_UnknownPipeline_SaysWhichWasMeant()
    {
        Write(("app", "30 2 * * *", "UTC"));

        BatchScoringException e = Should.Throw<BatchScoringException>(() => Next(1, "apq", "2026-11-28T00:00:00Z"));
        (e.Code, e.ExitCode).ShouldBe(("PIPELINE_UNKNOWN", ExitCode.Usage));
        e.Message.ShouldContain("Did you mean 'app'?");
    }

    [Fact]
    public void Check_MistakesInSeveralFiles_AreAllTold()
    {
        Write(("app", "30 2 * * *", "UTC"), ("bad", "61 2 * * *", "UTC"));
        CommandOutcome outcome = CheckCommand.Run(_folder.File("dispatcher.yaml"), _ => Kinds, Clock);

        outcome.ExitCode.ShouldBe(78);
        outcome.Lines.Count.ShouldBe(2);
        outcome.Lines[0].ShouldContain("bad.yaml:1:18: '61 2 * * *' is no cron expression");
        outcome.Json!["mistakes"]![0]!["line"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public void Check_Good_NamesPipelines()
    {
        Write(("app", "30 2 * * *", "UTC"));

        CommandOutcome outcome = CheckCommand.Run(_folder.File("dispatcher.yaml"), _ => Kinds, Clock);

        (outcome.ExitCode, string.Join('|', outcome.Lines)).ShouldBe((0, "app: 30 2 * * * UTC, 1 steps|No mistake. Pipelines: 1."));
    }

    [Theory]
    [InlineData("holidays: {2026-12-25: Christmas}", "Calendar bank: holidays known until 2026-12-31. Carry it on: later dates have none.")]
    [InlineData("holidays: {2026-12-25: Christmas, 2027-01-01: New Year}")]
    [InlineData("holidays: {}")]
    public void Check_CalendarThatEndsThisYear_Warns(string calendar, params string[] told)
    {
        Write();
        Directory.CreateDirectory(_folder.File("calendars"));
        File.WriteAllText(_folder.File("calendars", "bank.yaml"), calendar);
        File.WriteAllText(_folder.File("pipelines", "app.yaml"), """
            schedule: {at: "02:30", on: business-days, zone: UTC, calendar: bank}
            steps: [{name: a, mail: }]
            """);
        CommandOutcome outcome = CheckCommand.Run(_folder.File("dispatcher.yaml"), _ => Kinds, Clock);

        outcome.ExitCode.ShouldBe(0, string.Join('|', outcome.Lines));
        outcome.Notes.ShouldBe(told);
    }

    private static FakeTimeProvider Clock => new(new DateTimeOffset(2026, 11, 28, 0, 0, 0, TimeSpan.Zero));

    private CommandOutcome Next(int count, string? name, string now) => NextCommand.Run(
        _folder.File("dispatcher.yaml"), count, name, new FakeTimeProvider(DateTimeOffset.Parse(now)), _ => Kinds);

    private void Write(params (string Name, string Cron, string Zone)[] pipelines)
    {
        File.WriteAllText(_folder.File("dispatcher.yaml"), "name: test");
        Directory.CreateDirectory(_folder.File("pipelines"));
        foreach ((string name, string cron, string zone) in pipelines)
        {
            File.WriteAllText(_folder.File("pipelines", name + ".yaml"), $$"""
                schedule: {cron: {{cron}}, zone: {{zone}}}
                steps: [{name: a, mail: }]
                """);
        }
    }
}
