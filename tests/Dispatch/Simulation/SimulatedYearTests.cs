using System.Globalization;
using BatchScoring.Dispatcher.Simulation;
using BatchScoring.Dispatcher.Timetable;
using Xunit.Abstractions;

namespace BatchScoring.Tests.Dispatch.Simulation;

/// <summary>Years of crashes, frozen processes, jumping clocks and two dispatchers: nothing missed, nothing twice.</summary>
public class SimulatedYearTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly (string Name, string Zone, string Cron, string Steps, Func<TimeOnly, bool>? Times)[] Pipelines =
    [
        ("app", "Europe/Berlin", "30 2 * * *", "[upload, score, tell]", null),
        ("lord-howe", "Australia/Lord_Howe", "15 2 * * *", "[score]", null),
        ("quarter-days", "America/New_York", "0 */6 * * *", "[sample]", time => time.Hour % 6 == 0),
    ];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    public void Year_WithFaults_MissesNothingAndDoesNothingTwice(int dispatchers, double faultsPerDay)
    {
        int seeds = Environment.GetEnvironmentVariable("BATCHSCORING_FULL") == "1" ? 1000 : faultsPerDay == 0 ? 2 : 25;
        int first = 20261128, deaths = 0, refused = 0, begun = 0, alarms = 0;
        (Pipeline[] pipelines, HashSet<string> expected) = Timetable(365);
        for (int seed = first; seed < first + seeds; seed++)
        {
            var faults = new Faults(faultsPerDay / 200, faultsPerDay, dispatchers);
            SimulationResult result = SimulatedYear.Run(
                pipelines, expected, Start, 365, faults, new ClusterModel(TimeSpan.FromMinutes(20), 1, 0.02), seed);
            string where = string.Create(CultureInfo.InvariantCulture, $"seed {seed}");
            result.Missed.ShouldBeEmpty(where);
            result.Extra.ShouldBeEmpty(where);
            result.Twice.ShouldBeEmpty(where);
            result.Overlapping.ShouldBe(0, where);
            result.ToldTwice.ShouldBe(0, where);
            (deaths, refused, begun) = (deaths + result.Deaths, refused + result.Refused, begun + result.Begun);
            alarms += result.Alarms;
        }

        output.WriteLine($"seeds {first} to {first + seeds - 1}: {expected.Count} runs a year, {begun} jobs begun, {deaths} deaths, "
            + $"{refused} jobs of frozen leaders refused, {alarms} alarms");
        if (faultsPerDay > 0) deaths.ShouldBeGreaterThan(100 * seeds, "the faults must have struck, or nothing was shown");
        if (dispatchers > 1) refused.ShouldBeGreaterThan(0, "a frozen leader must have come back, or fencing was not shown");
    }

    /// <summary>The reference walks every minute of the year and looks at the clock on the wall; it knows nothing of cron.</summary>
    private static (Pipeline[] Pipelines, HashSet<string> Expected) Timetable(int days)
    {
        HashSet<string> expected = new(StringComparer.Ordinal);
        foreach ((string name, string zone, string cron, _, Func<TimeOnly, bool>? times) in Pipelines)
        {
            var place = TimeZoneInfo.FindSystemTimeZoneById(zone);
            for (int minute = 1; minute <= days * 24 * 60; minute++)
            {
                DateTimeOffset instant = Start.AddMinutes(minute), local = TimeZoneInfo.ConvertTime(instant, place);
                string date = local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
                // A date's one time is reached or jumped over on each date: the date counts once its clock has passed it.
                if (times is null && local.TimeOfDay >= TimeOfDay(cron)) expected.Add($"{name}.{date}.r1");
                if (times is not null && local.Minute == 0 && times(TimeOnly.FromTimeSpan(local.TimeOfDay)))
                    expected.Add(string.Create(CultureInfo.InvariantCulture, $"{name}.{date}t{local:HHmm}.r1"));
            }
        }

        // Due before the simulation begins.
        foreach (string id in new[] { "app.2026-12-01.r1", "lord-howe.2026-12-01.r1" }) expected.Remove(id);
        return ([.. Pipelines.Select(Make)], expected);
    }

    private static TimeSpan TimeOfDay(string cron)
    {
        string[] fields = cron.Split(' ');
        return new TimeSpan(int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[0], CultureInfo.InvariantCulture), 0);
    }

    private static Pipeline Make((string Name, string Zone, string Cron, string Steps, Func<TimeOnly, bool>? Times) of) => TestPipelines.Parse(
        of.Name,
        $$"""
        schedule: {cron: "{{of.Cron}}", zone: {{of.Zone}}}
        {{(of.Times is null ? "window: {start_by: \"12:00\", deliver_by: \"20:00\"}" : "")}}
        catch_up: 1000
        overlap: queue
        steps:
        {{string.Join('\n', of.Steps.Trim('[', ']').Split(", ").Select(step => $"- {{name: {step}, exec: {{host: here, command: [work]}}, retries: {{count: 8, wait: 1m}}}}"))}}
        """);
}
