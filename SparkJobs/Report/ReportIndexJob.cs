using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>One page over all dates, each with a link to its own page.</summary>
internal sealed class ReportIndexJob(JobContext context, ReportOptions options)
{
    public const string Key = FolderLayout.Artifacts + "index.html";

    private readonly RunStore _runs = new(context.Store, context.Time);
    private readonly ScoreHistory _history = new(context.Store, context.Time);

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        CreditPolicy? policy = await CreditPolicy.ReadAsync(context.Store, cancellation);
        RunRecords records = await _runs.RecordsAsync(FolderLayout.Runs + "score-", cancellation);
        var days = new List<ReportIndexDay>();
        foreach (RunRecord record in records.Readable.GroupBy(record => record.RunDate, StringComparer.Ordinal).Select(Standing)
            .OrderByDescending(record => record.RunDate, StringComparer.Ordinal))
            days.Add(await DayAsync(record, policy, cancellation));
        if (days.Count == 0) throw new BatchScoringException(DatasetErrors.NotFound,
            $"{context.Store.Options.Root} holds no scores of any date. Score first: batch-score score.");
        string page = context.Store.LocalPath(Key) ?? Key;
        if (!options.DryRun)
            await context.Store.PutAsync(Key, Encoding.UTF8.GetBytes(
                HtmlIndex.Create(context.Store.Options.Root, ProgramVersion.Text, days)), PutCondition.Always, cancellation);
        return JobOutcome.Ok(
            new JsonObject { ["page"] = page, ["dates"] = days.Count },
            string.Create(CultureInfo.InvariantCulture, $"{(options.DryRun ? "would list" : "listed")} {days.Count:N0} dates: {page}"));
    }

    /// <summary>What stands for a date: its highest published revision, or else the last that happened.</summary>
    private static RunRecord Standing(IEnumerable<RunRecord> newestFirst)
    {
        RunRecord[] all = [.. newestFirst];
        return all.Where(record => record.Verdict == Verdict.Published).MaxBy(record => record.Revision) ?? all[0];
    }

    private async Task<ReportIndexDay> DayAsync(RunRecord record, CreditPolicy? policy, CancellationToken cancellation)
    {
        var date = RunDate.Parse(record.RunDate!);
        ScoreDay? day = await _history.OfAsync(record, cancellation);
        (EvaluationRecord Evaluation, Manifest Manifest)? known = record.Verdict == Verdict.Published
            ? await new Evaluations(context.Store).FindAsync(date, record.Revision, cancellation) : null;
        string folder = known is var (_, manifest)
            && await context.Store.HeadAsync(manifest.AttemptFolder + AttemptFiles.ReportHtml, cancellation) is not null
            ? manifest.AttemptFolder : record.AttemptFolder;
        return new ReportIndexDay
        {
            Date = date.Day,
            Revision = record.Revision,
            Outcome = record.Verdict switch
            {
                Verdict.Held => ReportOutcome.Held,
                Verdict.Failed => ReportOutcome.Failed,
                _ => record.RowsQuarantined > 0 ? ReportOutcome.Warning : ReportOutcome.Ok,
            },
            Rows = record.RowsOut,
            SetAside = record.RowsQuarantined,
            Model = record.Model is { } model ? $"{model.Name}, {model.Version}" : null,
            MeanScore = day?.Mean,
            AboveCutOff = policy?.CutOff is { } cut ? day?.ShareFrom(cut) : null,
            Auc = known?.Evaluation.Auc,
            Href = (folder + AttemptFiles.ReportHtml)[FolderLayout.Artifacts.Length..],
        };
    }
}
