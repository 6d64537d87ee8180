using BatchScoring.Reporting;
using BatchScoring.Statistics;

namespace BatchScoring.Tests.Testing;

/// <summary>The page that a risk manager opens first: scores of a day whose outcomes nobody knows yet.</summary>
public static class MorningReports
{
    /// <summary>An ordinary day with thirty before it.</summary>
    public static Report Ordinary()
    {
        var random = new Random(20261128);
        IReadOnlyList<double?> Walk(double from, double step) => [.. Enumerable.Range(0, 31).Select(day =>
            (double?)(from + (step * (random.NextDouble() - 0.5)))).Select((value, day) => day is 7 or 8 ? null : value)];
        ScoreHistogram scores = new(0, 1, 1000);
        for (int i = 0; i < 24_310; i++) scores.Add(Math.Pow(random.NextDouble(), 3));
        Report sample = SampleReports.Evaluation();
        return sample with
        {
            Title = "Scores of 21 November 2026",
            Verdict = new(ReportOutcome.Warning, "Published, some rows set aside",
                "24,310 of 24,322 rows have their score; 12 were set aside."),
            Run = sample.Run with
            {
                Job = "score",
                ModelVersion = "9d1f6a0c5b0e",
                ModelTrained = "2026-11-20",
                Host = "risk-01",
                User = "scoring"
            },
            Metrics = [],
            Today = new("Today beside yesterday", "21 Nov 2026", "20 Nov 2026", "30 days",
            [
                new("Rows scored", "24,310", "+1.2 %", "24,022", Walk(24_100, 900)),
                new("Set aside", "< 0.1 %", "±0.0 points", "< 0.1 %", Walk(0.0005, 0.0004)),
                new("Mean score", "0.2498", "+0.0031", "0.2467", Walk(0.247, 0.01)),
                new("Median", "0.1240", "+0.0012", "0.1228", Walk(0.123, 0.01)),
                new("95 % quantile", "0.8570", "−0.0021", "0.8591", Walk(0.857, 0.01)),
                new("Above the cut-off (0.2)", "41.5 %", "+0.4 points", "41.1 %", Walk(0.412, 0.02)),
            ]),
            Decisions =
            [
                new("Bands", [new("Band"), new("Score"), new("Rows", true), new("Share", true), new("Yesterday", true), new("Decision")],
                [
                    new(["A", "below 0.05", "8,951", "36.8 %", "36.9 %", "approve"]),
                        new(["B", "0.05 to 0.1", "2,330", "9.6 %", "9.8 %", "approve"]),
                    new(["C", "0.1 to 0.2", "2,940", "12.1 %", "12.2 %", "approve"]),
                        new(["D", "0.2 to 0.4", "3,702", "15.2 %", "15.0 %", "decline"]),
                    new(["E", "from 0.4", "6,387", "26.3 %", "26.1 %", "decline"]),
                ]),
                new("Stability", [new("Scores against"), new("PSI", true), new("Limit of chance", true), new("Habit"), new("Rows", true)],
                [new(["20 Nov 2026", "0.0011", "0.0014", "stable", "24,022"])],
                    "Scores of the training table are not known: the model's file holds none."),
            ],
            ScoreMeaning = "Higher = riskier: the model's probability of default.payment.next.month = 1",
            Charts = [new HistogramChart { Title = "Scores", Series = [new("rows", scores)] }],
            Lineage = [new("Made from", [new("What"), new("Where"), new("SHA-256")],
                [new(["Model", "artifacts/models/by-hash/9d1f….cbm", "9d1f6a0c5b0e4f6f3a8f4f4a29c1c7be"])])],
        };
    }
}
