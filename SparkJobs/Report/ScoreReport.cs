using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.Statistics;
using BatchScoring.Storage;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Report;

/// <summary>What a scoring run has to tell, from its record and its tasks' answers.</summary>
internal static class ScoreReport
{
    private static readonly string[] Stages = ["read", "evaluate", "write", "stage"];

    public static async Task<Reporting.Report> OfRunAsync(IObjectStore store, RunRecord record, CancellationToken cancellation)
    {
        RunResult? result = await new RunStore(store, TimeProvider.System).GetAsync(record.AttemptFolder + AttemptFiles.Result, CoreJson.Default.RunResult, cancellation);
        ScoreHistogram? histogram = result is null ? null : Histogram(result.Answers);
        return new Reporting.Report
        {
            Title = record.RunDate is { } date ? $"Scores of {date}" : record.Run,
            Verdict = Verdict(record),
            Run = Run(record),
            Rows = new RowCounts
            {
                Read = record.RowsRead,
                Out = record.RowsOut,
                SetAside = [.. record.QuarantineCounts.Select(pair => new QuarantineCount(pair.Key, pair.Value))],
            },
            ScoreMeaning = histogram is null ? null : "Higher = riskier: the score is the model's probability of the bad outcome",
            Charts = histogram is null ? [] : [new HistogramChart { Title = "Scores", Series = [new HistogramSeries("rows", histogram)] }],
            Timings = [.. record.Seconds.OrderBy(pair => Array.IndexOf(Stages, pair.Key)).Select(pair => new ReportTiming(pair.Key, pair.Value))],
            Links = Links(record),
            Facts = record.Release is { } release ? [new ReportFact("Released", $"by {release.By}: {release.Reason}")] : [],
        };
    }

    public static Reporting.Report WithQuality(Reporting.Report report, EvaluationRecord evaluation, RankedScores ranked) => report with
    {
        Title = report.Title + ", evaluated",
        ScoreMeaning = $"Higher = riskier: the score is the probability that {evaluation.Label} = 1",
        Metrics = Evaluation.Metrics(ranked),
        Charts = Evaluation.Charts(ranked),
        Facts =
        [
            .. report.Facts,
            new ReportFact("Outcomes", string.Create(CultureInfo.InvariantCulture,
                $"{evaluation.Rows:N0} rows with {evaluation.Label}, {evaluation.Bads:N0} bad ({100.0 * evaluation.Bads / evaluation.Rows:0.00} %), {evaluation.RowsWithoutOutcome:N0} without")),
            new ReportFact("Leak guard", evaluation.Leak.Text),
        ],
        Warnings =
        [
            .. report.Warnings,
            .. evaluation.Leak.Proven ? Array.Empty<string>() : ["That no scored row was learned from is not proven: " + evaluation.Leak.Text],
            .. evaluation.Leak.Overlap > 0 ? ["Scored rows stand in train/: the figures may be too good."] : Array.Empty<string>(),
        ],
    };

    /// <summary>Of the one score column of a probability model; other models have no common range to draw.</summary>
    private static ScoreHistogram? Histogram(IReadOnlyList<AnswerLine> answers)
    {
        ScoreStatistics[] parts = [.. answers.Select(answer => answer.Statistics).OfType<JsonElement>()
            .Select(statistics => statistics.Deserialize(TasksJson.Default.ScoreStatistics)).OfType<ScoreStatistics>()];
        return parts.Length > 0 && parts.Aggregate((a, b) => a + b).Columns is [{ Column: "score", Histogram: { } histogram }] ? histogram : null;
    }

    private static ReportVerdict Verdict(RunRecord record) => record.Verdict switch
    {
        Core.Verdict.Held => new ReportVerdict(ReportOutcome.Held, "Held", record.Error?.Message ?? ""),
        Core.Verdict.Failed => new ReportVerdict(ReportOutcome.Failed, "Failed", record.Error?.Message ?? ""),
        _ when record.RowsQuarantined > 0 => new ReportVerdict(ReportOutcome.Warning, "Published, some rows set aside",
            string.Create(CultureInfo.InvariantCulture, $"{record.RowsOut:N0} of {record.RowsRead:N0} rows have their score; {record.RowsQuarantined:N0} were set aside.")),
        _ => new ReportVerdict(ReportOutcome.Ok, "Published", string.Create(CultureInfo.InvariantCulture, $"All {record.RowsOut:N0} rows have their score.")),
    };

    private static ReportRun Run(RunRecord record) => new()
    {
        Job = record.Job,
        Id = record.Run,
        Attempt = record.Attempt,
        Date = record.RunDate is { } date ? RunDate.Parse(date).Day : null,
        Revision = record.Revision,
        Started = record.Started,
        Finished = record.Finished,
        Program = record.Program,
        Model = record.Model?.Name,
        ModelSha256 = record.Model?.Sha256,
        Content = record.Content,
        Fingerprint = record.Fingerprint,
    };

    private static ReportLink[] Links(RunRecord record) =>
    [
        .. record.Verdict is Core.Verdict.Held or Core.Verdict.Failed
            ? Array.Empty<ReportLink>()
            : [new("Scores", record.Folder), new("Manifest", record.Folder + FolderLayout.Manifest)],
        new("Plan", record.AttemptFolder + AttemptFiles.Plan),
        new("Results", record.AttemptFolder + AttemptFiles.Result),
        .. record.RowsQuarantined > 0 ? new ReportLink[] { new("Rows set aside", record.AttemptFolder + AttemptFiles.Quarantine) } : [],
    ];
}
