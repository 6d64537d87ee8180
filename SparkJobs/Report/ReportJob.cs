using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Reporting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Evaluate;

namespace BatchScoring.SparkJobs.Report;

/// <summary>
/// Makes the report of a date from what was published: of the scoring alone, or with its quality once it was evaluated. Where nothing is
/// published but a result is held, that is what there is to tell.
/// </summary>
internal sealed class ReportJob(JobContext context, ReportOptions options)
{
    private readonly RunStore _runs = new(context.Store, context.Time);
    private readonly ScoreReport _scores = new(context);

    public async Task<JobOutcome> RunAsync(RunDate date, CancellationToken cancellation)
    {
        LocalPage local = new(context.Store, options.Output, options.Charts, options.Overwrite);
        (Reporting.Report report, string folder) = await MakeAsync(date, cancellation);
        string text = TextReport.Create(report).TrimEnd('\n');
        var json = new JsonObject { ["report"] = JsonNode.Parse(JsonReport.Create(report)) };
        if (options.DryRun) return JobOutcome.Ok(json, text);
        IReadOnlyList<string> charts = await local.WriteAsync(report, cancellation);
        bool written = await ReportFiles.PutAsync(context.Store, folder, report, cancellation);
        string key = folder + AttemptFiles.ReportHtml;
        string page = options.Output ?? context.Store.LocalPath(key) ?? key;
        string[] opened = options.Open ? [await Browser.OpenAsync(context.Store, key, report, cancellation)] : [];
        (json["page"], json["written"]) = (page, written);
        if (options.Charts is not null) json["charts"] = new JsonArray([.. charts.Select(chart => (JsonNode)chart)]);
        return JobOutcome.Ok(
            json, [text, "", $"{(written ? "page" : "page (made before; nothing done)")}: {page}",
                .. charts.Select(chart => $"chart: {chart}"), .. opened]);
    }

    /// <returns>The report, and the folder it belongs into.</returns>
    private async Task<(Reporting.Report Report, string Folder)> MakeAsync(RunDate date, CancellationToken cancellation)
    {
        try
        {
            return await OfPublishedAsync(date, await KnownDatasets.ScoresAsync(context.Store, date, options.Revision, cancellation),
                cancellation);
        }
        catch (ScoresHeldException e)
        {
            return (await _scores.OfRunAsync(e.Held, cancellation), e.Held.AttemptFolder);
        }
    }

    private async Task<(Reporting.Report Report, string Folder)> OfPublishedAsync(RunDate date, Dataset scores,
        CancellationToken cancellation)
    {
        RunRecord record = await _runs.RecordOfAsync(scores.Manifest!, Verdict.Published, cancellation);
        Reporting.Report report = await _scores.OfRunAsync(record, cancellation);
        return await new Evaluations(context.Store).FindAsync(date, scores.Revision ?? 1, cancellation) is var (evaluation, manifest)
            ? (await new ScoreQuality(context).AddAsync(report, evaluation, scores, cancellation), manifest.AttemptFolder)
            : (report, record.AttemptFolder);
    }
}
