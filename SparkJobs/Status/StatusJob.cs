using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Status;

/// <summary>The state of every date in one view. Only reads.</summary>
internal sealed class StatusJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        var reader = new DatasetReader(context.Store);
        Dataset? pool = (await reader.RevisionsAsync(FolderLayout.Test, cancellation))
            .FirstOrDefault(dataset => dataset.Condition == DatasetCondition.Sealed);
        IReadOnlyList<Dataset> samples = await reader.ScanAsync(FolderLayout.TestSamples, cancellation);
        IReadOnlyList<Dataset> scores = await reader.ScanAsync(FolderLayout.Inferences, cancellation);
        RunRecords records = await new RunStore(context.Store, context.Time).RecordsAsync(FolderLayout.Runs, cancellation);
        RunRecord[] held = [.. Open(records.Readable, Verdict.Held)];
        RunRecord[] failed = [.. Open(records.Readable, Verdict.Failed)];
        IReadOnlyList<PendingUpload> pending = await PendingAsync(cancellation);
        IndexStatus index = await IndexStatus.OfAsync(context.Store, cancellation);
        IReadOnlyList<string> undrawn = pool is null ? [] : Undrawn(KnownDatasets.Rule(pool), samples);
        return JobOutcome.Ok(
            new JsonObject
            {
                ["pool_rows"] = pool?.Manifest?.Manifest.Content.Rows,
                ["dates"] = new JsonArray([.. DateStatus.Of(samples, scores).Select(date => date.Json())]),
                ["held"] = new JsonArray([.. held.Select(record => (JsonNode)record.Run)]),
                ["failed"] = new JsonArray([.. failed.Select(record => (JsonNode)record.Run)]),
                ["unreadable"] = new JsonArray([.. records.Unreadable.Select(problem =>
                    (JsonNode)new JsonObject { ["code"] = problem.Code, ["message"] = problem.Message })]),
                ["index"] = index.Json(),
                ["pending_parts"] = pending.Count,
                ["undrawn"] = new JsonArray([.. undrawn.Select(date => (JsonNode)date)]),
            },
            [
                pool is null ? "pool     none: batch-score import has not finished here"
                    : string.Create(CultureInfo.InvariantCulture, $"pool     {pool.Manifest!.Manifest.Content.Rows:N0} rows in test/"),
                .. DateStatus.Of(samples, scores).Select(date => "date     " + date.Text()),
                .. held.Select(record => $"held     {record.Run}: {record.Error?.Message}"),
                .. failed.Select(record => $"failed   {record.Run}: {record.Error?.Code}: {record.Error?.Message}"),
                .. records.Unreadable.Select(problem => "unreadable " + problem.Message),
                .. index.Lines().Select(line => "index    " + line),
                $"pending  {pending.Count} part(s){(pending.Count > 0 ? "; batch-score recover finishes what is published, batch-score clean removes what is old" : "")}",
                Undrawn(undrawn),
            ]);
    }

    /// <summary>
    /// Runs whose newest record is of this verdict: what came later has settled it. What is published never changes, so an attempt that
    /// came too late to publish something else says nothing about the run.
    /// </summary>
    private static IEnumerable<RunRecord> Open(IReadOnlyList<RunRecord> records, Verdict verdict) =>
        records.GroupBy(record => record.Run, StringComparer.Ordinal).Where(run => run.All(record => record.Verdict != Verdict.Published))
            .Select(run => run.First()).Where(record => record.Verdict == verdict);

    private static string Undrawn(IReadOnlyList<string> dates) => dates.Count switch
    {
        0 => "undrawn  none",
        <= 8 => $"undrawn  {string.Join(", ", dates)}",
        _ => $"undrawn  {dates.Count} dates, {dates[0]} to {dates[^1]}",
    };

    private static string[] Undrawn(SamplingRule rule, IReadOnlyList<Dataset> samples)
    {
        var first = RunDate.Parse(rule.FirstDate);
        HashSet<string> drawn = [.. samples.Where(sample => sample.Condition == DatasetCondition.Sealed).Select(sample => sample.Folder)];
        return [.. Enumerable.Range(0, rule.Slots).Select(slot => new RunDate(first.Day.AddDays(slot)))
            .Where(date => !drawn.Contains(FolderLayout.TestSample(date))).Select(date => date.ToString())];
    }

    private async Task<IReadOnlyList<PendingUpload>> PendingAsync(CancellationToken cancellation)
    {
        var pending = new List<PendingUpload>();
        await foreach (PendingUpload upload in context.Store.ListPendingAsync("", cancellation)) pending.Add(upload);
        return pending;
    }
}
