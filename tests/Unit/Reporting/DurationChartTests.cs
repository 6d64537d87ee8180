using BatchScoring.Reporting;

namespace BatchScoring.Tests.Unit.Reporting;

public sealed class DurationChartTests
{
    private static readonly DurationChart Week = new()
    {
        Title = "Durations",
        Runs =
        [
            new("11-22", 240, false), new("11-23", 250, false), new("11-24", 600, true), new("11-25", 260, false), new("11-26", 245, false),
        ],
        Promised = 400,
    };

    [Fact]
    public void Summary_ManyRuns_SaysUsualPromiseAndMisses() => Week.Summary().Replace('\u00A0', ' ').ShouldBe(
        "This run took 4 min 05 s; usual are 4 min 10 s; the promise leaves 6 min 40 s. Late or failed: 1 of the 4 runs before.");

    [Fact]
    public void Summary_FirstRun_SaysSo() =>
        (Week with { Runs = [new("11-22", 12, false)], Promised = null }).Summary().Replace('\u00A0', ' ')
            .ShouldBe("This run took 12.0 s. It is the first.");

    [Fact]
    public void Legend_NamesOnlyWhatIsDrawn()
    {
        string Names(DurationChart chart) => string.Join(", ", chart.Legend.Select(entry => entry.Name));
        Names(Week).ShouldBe("earlier runs, this run, late or failed, median, promised");
        // Far above all bars the promise would flatten them.
        Names(Week with { Promised = 4_000 }).ShouldBe("earlier runs, this run, late or failed, median");
        DurationChart missed = Week with { Runs = [new("11-22", 1, false), new("11-23", 2, true)], Promised = null };
        Names(missed).ShouldBe("earlier runs, late or failed");
    }

    [Fact]
    public void Image_ShortAndLongRuns_AreDrawn()
    {
        foreach (double scale in new[] { 0.0001, 1, 100 })
        {
            DurationBar[] runs = [.. Week.Runs.Select(run => run with { Seconds = run.Seconds * scale })];
            ChartImage.Create(Week with { Runs = runs, Promised = 400 * scale }).Length.ShouldBeGreaterThan(1_000);
        }
    }

    [Fact]
    public void Json_ReadsBack()
    {
        Report report = Testing.SampleReports.Evaluation() with { Charts = [Week] };
        var read = (DurationChart)JsonReport.Read(JsonReport.Create(report)).Charts.ShouldHaveSingleItem();
        read.Runs.ShouldBe(Week.Runs);
        read.Promised.ShouldBe(400);
    }
}
