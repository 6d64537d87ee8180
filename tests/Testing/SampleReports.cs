using BatchScoring.Core;
using BatchScoring.Reporting;
using BatchScoring.Statistics;

namespace BatchScoring.Tests.Testing;

/// <summary>Reports as jobs make them.</summary>
public static class SampleReports
{
    /// <summary>The kinds of text that try to become markup, a link or a command.</summary>
    public const string Hostile =
        "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u001b[31m\u202egpj.exe\n\u0000";

    public static Report Evaluation()
    {
        (double[] raw, byte[] labels) = CreditScores.Read();
        var ranked = RankedScores.Create([.. raw.Select(CreditScores.Probability)], labels);
        return new Report
        {
            Title = "Evaluation of the scores of 21 November 2026",
            Verdict = new(ReportOutcome.Ok, "Evaluated",
                "All 6,000 scored rows have a known outcome. No row was part of the learning table."),
            Run = Run("evaluate"),
            ScoreMeaning = "Higher = riskier: the probability that default.payment.next.month is 1.",
            Rows = new RowCounts
            {
                Read = 6012,
                Out = 6000,
                OutIs = "evaluated",
                SetAside =
                [
                    new("INFINITE_VALUE", 3, "BILL_AMT4 holds an infinite value"),
                    new("UNKNOWN_CATEGORY", 8, "EDUCATION holds a category that the contract does not list"),
                    new("DUPLICATE_KEY", 1, "ID was seen before in an earlier file"),
                ],
            },
            Facts = [new("Leak guard", "0 of 6,000 keys are in the learning table; the control key was found"),
                new("Label", "default.payment.next.month")],
            Metrics = Evaluation(ranked),
            Charts = BatchScoring.Reporting.Evaluation.Charts(ranked),
            Timings = [new("plan", 0.041), new("read", 0.112), new("join", 0.236), new("metrics", 0.019), new("report", 0.034)],
            Links =
            [
                new("Plan", "artifacts/runs/evaluate-2026-11-21-r1/5f0c1d3a9be27a44/plan.json", "plan.json"),
                new("Scores", "test_sample_inference/run_date=2026-11-21/revision=1/"),
                new("Manifest", "test_sample_inference/run_date=2026-11-21/revision=1/_manifest.json"),
                new("Set-aside rows", "artifacts/runs/score-2026-11-21-r1/91b2c04417aa3e5d/quarantine/"),
            ],
        };
    }

    /// <summary>Something to look at: a score that ranks two groups the wrong way round, warnings, and a table of a job's own.</summary>
    public static Report Doubtful()
    {
        var random = new Random(20261121);
        double[] scores = [.. Enumerable.Range(0, 900).Select(_ => Math.Round(0.3 * Math.Pow(random.NextDouble(), 3), 4))];
        byte[] labels = [.. scores.Select(s => random.NextDouble() < s + 0.01 ? (byte)1 : (byte)0)];
        var ranked = RankedScores.Create(scores, labels);
        return Evaluation() with
        {
            Verdict = new(ReportOutcome.Warning, "Evaluated, with doubts", "Rank order breaks; the sample is small."),
            Metrics = Evaluation(ranked),
            Charts = BatchScoring.Reporting.Evaluation.Charts(ranked),
            Warnings = ["Only 900 rows have an outcome.",
                "Not proven that no row was learned from: the learning table's manifest is gone."],
            Tables = [new("Columns by share of missing values", [new("Column"), new("Type"), new("Missing", true)],
                [new(["f274", "FLOAT", "18.1 %"]), new(["f662_with_a_name_that_goes_on_and_on_and_on", "FLOAT", "17.9 %"])])],
        };
    }

    /// <summary>A held run whose every text is hostile.</summary>
    public static Report HostileHeld() => Evaluation() with
    {
        Title = Hostile,
        Verdict = new(ReportOutcome.Held, Hostile, Hostile),
        Run = Run(Hostile) with
        {
            Id = Hostile,
            Attempt = Hostile,
            Model = Hostile,
            ModelVersion = Hostile,
            ModelTrained = Hostile,
            ModelSha256 = Hostile,
            Program = Hostile,
            Engine = Hostile,
            Application = Hostile,
            Host = Hostile,
            User = Hostile,
        },
        ScoreMeaning = Hostile,
        Rows = new RowCounts { Read = 10, Out = 8, OutIs = Hostile, SetAside = [new(Hostile, 2, Hostile, Hostile)] },
        Facts = [new(Hostile, Hostile)],
        Metrics = [new(Hostile, 0.5, Hostile, Hostile)],
        Charts = [.. Doubtful().Charts.Select(c => c with { Title = Hostile })],
        Tables = [new(Hostile, [new(Hostile), new(Hostile, true)], [new([Hostile, Hostile], Hostile)])],
        Today = new(Hostile, Hostile, Hostile, Hostile, [new(Hostile, Hostile, Hostile, Hostile, [1, null, 2])], Hostile),
        Decisions = [new(Hostile, [new(Hostile), new(Hostile)], [new([Hostile, Hostile])], Hostile)],
        Lineage = [new(Hostile, [new(Hostile)], [new([Hostile])], Hostile)],
        Warnings = [Hostile, Hostile],
        Timings = [new(Hostile, 1)],
        Links = [new(Hostile, Hostile, Hostile), new("script", "a", "javascript:alert(1)"), new("data", "b", "data:text/html,<script>"),
            new("net", "c", "//evil.example/x")],
    };

    /// <summary>A job that scores nothing.</summary>
    public static Report Bare() => new()
    {
        Title = "Import",
        Verdict = new(ReportOutcome.Ok, "Published", "The tables are in place."),
        Run = Run("import") with { Date = null, Model = null, ModelSha256 = null },
    };

    private static ReportRun Run(string job) => new()
    {
        Job = job,
        Id = "evaluate-2026-11-21-r1",
        Attempt = "5f0c1d3a9be27a44",
        Date = new DateOnly(2026, 11, 21),
        Started = new DateTimeOffset(2026, 11, 21, 6, 30, 4, TimeSpan.Zero),
        Finished = new DateTimeOffset(2026, 11, 21, 6, 30, 4, TimeSpan.Zero).AddMilliseconds(442),
        Program = "batch-score 0.4.0+bf8fb65",
        Engine = "embedded, 2 threads",
        Model = "credit-default / 2026-11-20",
        ModelSha256 = "9d1f6a0c5b0e4f6f3a8f4f4a29c1c7be4de0a2f17c6b8f1d3ce4a7b0d59e6a12",
        Content = new ContentHash(UInt128.Parse("221593847561029384756102938475610293"), 6000),
        Fingerprint = "c7a4c0ee1f0b7d2288f0a0d7c9b1f2d4",
    };

    private static IReadOnlyList<ReportMetric> Evaluation(RankedScores ranked) => BatchScoring.Reporting.Evaluation.Metrics(ranked);
}
