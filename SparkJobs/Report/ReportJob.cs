using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Evaluate;
using BatchScoring.Statistics;

namespace BatchScoring.SparkJobs.Report;

/// <summary>
/// Makes the report of a date from what was published: of the scoring alone, or with its quality once it was evaluated. Where nothing is
/// published but a result is held, that is what there is to tell.
/// </summary>
internal sealed class ReportJob(JobContext context, ReportOptions options)
{
    private readonly RunStore _runs = new(context.Store, context.Time);

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        LocalPage.RequireName(options.Output);
        (Reporting.Report report, string folder) = await MakeAsync(options.Date, options.Revision, cancellation);
        string text = TextReport.Create(report).TrimEnd('\n');
        var json = new JsonObject { ["report"] = JsonNode.Parse(JsonReport.Create(report)) };
        if (options.DryRun) return JobOutcome.Ok(json, text);
        LocalPage local = new(report, options.Overwrite);
        if (options.Output is { } file) await local.WriteAsync(file, cancellation);
        IReadOnlyList<string> charts = options.Charts is { } to ? await local.WriteChartsAsync(to, cancellation) : [];
        bool written = await ReportFiles.PutAsync(context.Store, folder, report, cancellation);
        string key = folder + AttemptFiles.ReportHtml;
        string page = options.Output ?? context.Store.LocalPath(key) ?? key;
        string[] opened = options.Open ? [await Browser.OpenAsync(context.Store, key, report, cancellation)] : [];
        (json["page"], json["written"]) = (page, written);
        if (options.Charts is not null) json["charts"] = new JsonArray([.. charts.Select(chart => (JsonNode)chart)]);
        return JobOutcome.Ok(
            json, [text, "", $"{(written ? "page" : "page (made before; nothing done)")}: {page}", .. charts.Select(chart => $"chart: {chart}"), .. opened]);
    }

    /// <returns>The report, and the folder it belongs into.</returns>
    private async Task<(Reporting.Report Report, string Folder)> MakeAsync(RunDate date, int? revision, CancellationToken cancellation)
    {
        try
        {
            return await OfPublishedAsync(date, await KnownDatasets.ScoresAsync(context.Store, date, revision, cancellation), cancellation);
        }
        catch (BatchScoringException e) when (e.Is(DatasetErrors.NotFound))
        {
            if (await HeldAsync(date, revision, cancellation) is not { } held) throw;
            return (await ScoreReport.OfRunAsync(context.Store, held, cancellation), held.AttemptFolder);
        }
    }

    private async Task<(Reporting.Report Report, string Folder)> OfPublishedAsync(RunDate date, Dataset scores, CancellationToken cancellation)
    {
        RunRecord record = await _runs.RecordOfAsync(scores.Manifest!, Verdict.Published, cancellation);
        Reporting.Report report = await ScoreReport.OfRunAsync(context.Store, record, cancellation);
        return await new Evaluations(context.Store).FindAsync(date, scores.Revision ?? 1, cancellation) is var (evaluation, manifest)
            ? (ScoreReport.WithQuality(report, evaluation, await RankedAsync(scores, evaluation, cancellation)), manifest.AttemptFolder)
            : (report, record.AttemptFolder);
    }

    /// <summary>The newest held attempt of the revision, or of any when none is named.</summary>
    private async Task<RunRecord?> HeldAsync(RunDate date, int? revision, CancellationToken cancellation)
    {
        string runs = revision is { } one ? FolderLayout.Run(new RunId("score", date, one)) : FolderLayout.RevisionsOf("score", date);
        return (await _runs.RecordsAsync(runs, cancellation)).Readable.FirstOrDefault(record => record.Verdict == Verdict.Held);
    }

    private async Task<RankedScores> RankedAsync(Dataset scores, EvaluationRecord evaluation, CancellationToken cancellation)
    {
        Dataset outcomes = await KnownDatasets.PoolAsync(context.Store, cancellation);
        return (await new OutcomeJoin(context).RunAsync(scores, outcomes, evaluation.Label, cancellation)).Ranked;
    }
}
