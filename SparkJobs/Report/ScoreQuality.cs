using System.Globalization;
using BatchScoring.Datasets;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Report;

/// <summary>What a report says besides once outcomes are known.</summary>
internal sealed class ScoreQuality(JobContext context)
{
    public async Task<Reporting.Report> AddAsync(Reporting.Report report, EvaluationRecord evaluation, Dataset scores,
        CancellationToken cancellation)
    {
        Dataset outcomes = await KnownDatasets.PoolAsync(context.Store, cancellation);
        RankedScores ranked = (await new OutcomeJoin(context).RunAsync(scores, outcomes, evaluation.Label, cancellation)).Ranked;
        CreditPolicy? policy = await CreditPolicy.ReadAsync(context.Store, cancellation);
        IReadOnlyList<ReportTable> segments = policy is null ? []
            : await new SegmentTables(context).CreateAsync(scores, outcomes, evaluation.Label, policy.Segments, cancellation);
        return report with
        {
            Title = report.Title + ", evaluated",
            ScoreMeaning = $"{report.ScoreMeaning} Compared with {evaluation.Label}, where 1 = bad: higher should be riskier.",
            Metrics = Evaluation.Metrics(ranked),
            Charts = Evaluation.Charts(ranked),
            Tables = [Evaluation.CalibrationTable(ranked, policy?.Edges ?? [], policy?.Names ?? []), .. segments],
            Facts = [.. report.Facts, new ReportFact("Outcomes", Outcomes(evaluation)), new ReportFact("Leak guard", evaluation.Leak.Text)],
            Warnings =
            [
                .. Evaluation.Cautions(evaluation.Auc, evaluation.Bads, evaluation.Rows - evaluation.Bads, evaluation.Label),
                .. report.Warnings,
                .. evaluation.Leak.Proven
                    ? Array.Empty<string>()
                    : ["That no scored row was learned from is not proven: " + evaluation.Leak.Text],
                .. evaluation.Leak.Overlap > 0 ? ["Scored rows stand in train/: the figures may be too good."] : Array.Empty<string>(),
            ],
        };
    }

    private static string Outcomes(EvaluationRecord evaluation) => string.Create(CultureInfo.InvariantCulture,
        $"{evaluation.Rows:N0} rows with {evaluation.Label}, {evaluation.Bads:N0} bad ({100.0 * evaluation.Bads / evaluation.Rows:0.00} " +
        $"%), {evaluation.RowsWithoutOutcome:N0} without");
}
