using System.Globalization;
using System.Text.Json;
using BatchScoring.Core;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Score;

namespace BatchScoring.SparkJobs.Report;

/// <summary>What a scoring run has to tell: its record and statistics, beside earlier days, by the bands of the policy.</summary>
internal sealed class ScoreReport(JobContext context)
{
    private static readonly string[] _stages = ["plan", "tasks", "read", "evaluate", "write", "stage", "publish"];

    private readonly ScoreHistory _history = new(context.Store, context.Time);
    private readonly RunStore _runs = new(context.Store, context.Time);

    public async Task<Reporting.Report> OfRunAsync(RunRecord record, CancellationToken cancellation)
    {
        ScoreDay? today = await _history.OfAsync(record, cancellation);
        IReadOnlyList<ScoreDay> earlier = today is null ? [] : await _history.BeforeAsync(today.Date, cancellation);
        CreditPolicy? policy = await CreditPolicy.ReadAsync(context.Store, cancellation);
        (IReadOnlyList<QuarantineCount> counts, ReportTable? examples) = await new QuarantineTables(context)
            .ReadAsync(record, cancellation);
        ScoreDetails? details = Details(record);
        Plan? plan = await _runs.GetAsync(record.AttemptFolder + AttemptFiles.Plan, CoreJson.Default.Plan, cancellation);
        ModelContract? contract = plan is null ? null : ModelContract.Of(plan);
        return new Reporting.Report
        {
            Title = record.RunDate is { } date
                ? string.Create(CultureInfo.InvariantCulture, $"Scores of {RunDate.Parse(date).Day:d MMMM yyyy}") : record.Run,
            Verdict = Verdict(record),
            Run = Run(record, details),
            Rows = new RowCounts { Read = record.RowsRead, Out = record.RowsOut, SetAside = counts, Examples = examples },
            ScoreMeaning = details?.Meaning ?? "What the score is was not recorded by the program that made it",
            Today = today is null ? null : TodaySection.Create(today, earlier, policy, details),
            Decisions = today is null
                ? []
                : [.. DecisionTables.Create(today, earlier, policy), .. new StabilityTables(today, earlier, contract, details).Create()],
            Charts = today is null ? [] : ScoreCharts.Create(today, details),
            Lineage = await new LineageTables(context.Store, context.Time).CreateAsync(record, plan, cancellation),
            Timings = [.. record.Seconds.OrderBy(pair => Array.IndexOf(_stages, pair.Key))
                .Select(pair => new ReportTiming(pair.Key, pair.Value))],
            Links = Links(record),
            Facts = [.. Facts(record)],
            Warnings =
            [
                .. record.RowsOut == 0 && record.Verdict is Core.Verdict.Published ? (string[])["No rows: nothing was scored."] : [],
                .. record.IndexProblem is { } behind ? (string[])[$"Readers of the Delta log do not see this yet: {behind}"] : [],
            ],
        };
    }

    private static ScoreDetails? Details(RunRecord record)
    {
        try
        {
            return record.Details?.Deserialize(JobJson.Default.ScoreDetails);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReportVerdict Verdict(RunRecord record) => record.Verdict switch
    {
        Core.Verdict.Held => new ReportVerdict(ReportOutcome.Held, "Held: nothing was published",
            WithoutHeadline(record.Error?.Message ?? "", "Held: ")),
        Core.Verdict.Failed => new ReportVerdict(ReportOutcome.Failed, "Failed", record.Error?.Message ?? ""),
        _ when record.Release is { } release => new ReportVerdict(ReportOutcome.Warning,
            record.RowsOut == 0 ? "Published without a row" : "Published over the limit",
            string.Create(CultureInfo.InvariantCulture, $"{Rows(record)} {release.By} released it: {release.Reason}")),
        _ when record.RowsQuarantined > 0 => new ReportVerdict(ReportOutcome.Warning, "Published, some rows set aside", Rows(record)),
        _ => new ReportVerdict(ReportOutcome.Ok, "Published", Rows(record)),
    };

    private static string WithoutHeadline(string text, string headline) =>
        text.StartsWith(headline, StringComparison.Ordinal)
            ? char.ToUpperInvariant(text[headline.Length]) + text[(headline.Length + 1)..]
            : text;

    private static string Rows(RunRecord record) => record switch
    {
        { RowsQuarantined: > 0 } => string.Create(CultureInfo.InvariantCulture,
            $"{record.RowsOut:N0} of {record.RowsRead:N0} rows have their score; {record.RowsQuarantined:N0} " +
            $"{(record.RowsQuarantined == 1 ? "was" : "were")} set aside."),
        { RowsOut: 0 } => "There were no rows to score.",
        { RowsOut: 1 } => "The one row has its score.",
        _ => string.Create(CultureInfo.InvariantCulture, $"All {record.RowsOut:N0} rows have their score."),
    };

    private static ReportRun Run(RunRecord record, ScoreDetails? details) => new()
    {
        Job = record.Job,
        Id = record.Run,
        Attempt = record.Attempt,
        Date = record.RunDate is { } date ? RunDate.Parse(date).Day : null,
        Revision = record.Revision,
        Started = record.Started,
        Finished = record.Finished,
        Program = record.Program,
        Engine = record.Engine,
        Application = record.ApplicationId,
        Host = record.Host,
        User = record.User,
        Model = record.Model?.Name,
        ModelVersion = record.Model?.Version,
        ModelTrained = details?.Trained,
        ModelSha256 = record.Model?.Sha256,
        Content = record.Content,
        Fingerprint = record.Fingerprint,
    };

    private static IEnumerable<ReportFact> Facts(RunRecord record)
    {
        if (record.Limits is { } limits)
        {
            yield return new ReportFact("Limit of rows set aside", string.Create(CultureInfo.InvariantCulture, $"{limits.MaxBadPercent} %")
                + (limits.MaxBadRows is { } rows ? string.Create(CultureInfo.InvariantCulture, $", {rows:N0} rows") : ""));
        }

        if (record.Reason is { } reason) yield return new ReportFact("Reason of the revision", reason);
        if (record.Release is { } release) yield return new ReportFact("Released", $"by {release.By}: {release.Reason}");
    }

    private static ReportLink[] Links(RunRecord record) =>
    [
        .. record.Verdict is Core.Verdict.Held or Core.Verdict.Failed
            ? Array.Empty<ReportLink>()
            : [new("Scores", record.Folder), new("Manifest", record.Folder + FolderLayout.Manifest)],
        new("Plan", record.AttemptFolder + AttemptFiles.Plan, AttemptFiles.Plan),
        new("Results", record.AttemptFolder + AttemptFiles.Result, AttemptFiles.Result),
        .. record.RowsQuarantined > 0
            ? new ReportLink[] { new("Rows set aside", record.AttemptFolder + AttemptFiles.Quarantine, AttemptFiles.Quarantine) } : [],
    ];
}
