using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Report;

namespace BatchScoring.SparkJobs.Recover;

/// <summary>
/// Rolls every half-published folder forward and makes missing records and reports. One that cannot be finished stops no other.
/// </summary>
internal sealed class RecoverJob(JobContext context)
{
    private readonly RunStore _runs = new(context.Store, context.Time);

    public async Task<JobOutcome> RunAsync(bool dryRun, CancellationToken cancellation)
    {
        var reader = new DatasetReader(context.Store);
        var half = new List<Dataset>();
        foreach (string folder in FolderLayout.Published)
            half.AddRange((await reader.ScanAsync(folder, cancellation))
                .Where(dataset => dataset.Condition == DatasetCondition.Publishing));
        var done = new List<string>();
        var failures = new List<Failure>();
        foreach (string folder in half.Select(dataset => dataset.Folder))
        {
            Failure? failure = dryRun ? null : await TryRecoverAsync(folder, cancellation);
            if (failure is null) done.Add(folder);
            else failures.Add(failure);
        }

        (int brought, Failure? index) = await BringIndexAsync(dryRun, cancellation);
        if (index is not null) failures.Add(index);
        return new JobOutcome(Worst(failures), [.. Lines(done, failures, brought, dryRun)], new JsonObject
        {
            ["recovered"] = new JsonArray([.. done.Select(folder => (JsonNode)folder)]),
            ["failed"] = new JsonArray([.. failures.Select(failure => (JsonNode)new JsonObject
            {
                ["folder"] = failure.Folder,
                ["code"] = failure.Error.Code,
                ["message"] = failure.Error.Message,
            })]),
            ["index_entries"] = brought,
            ["dry_run"] = dryRun,
        });
    }

    /// <summary>The Delta log follows from what is sealed now.</summary>
    private async Task<(int Entries, Failure? Failure)> BringIndexAsync(bool dryRun, CancellationToken cancellation)
    {
        try
        {
            DeltaLog log = new(context.Store);
            return (dryRun ? (await log.CheckAsync(cancellation)).Behind.Count : await log.CatchUpAsync(cancellation), null);
        }
        catch (Exception e) when (e is not OperationCanceledException && JobErrorText.Of(e) is { } error)
        {
            return (0, new Failure(DeltaLog.Folder, error));
        }
    }

    private async Task<Failure?> TryRecoverAsync(string folder, CancellationToken cancellation)
    {
        try
        {
            await RecoverAsync(folder, cancellation);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException && JobErrorText.Of(e) is { } error)
        {
            return new Failure(folder, error);
        }
    }

    private async Task RecoverAsync(string folder, CancellationToken cancellation)
    {
        var publisher = new Publisher(context.Store, new PartRemaker(context).RemakeAsync, context.Time);
        RecoverResult result = await publisher.RecoverAsync(folder, cancellation);
        if (result.Manifest is not { } manifest) return;
        RunRecord record = await _runs.RecordOfAsync(manifest, Verdict.Published, cancellation);
        if (JobDefinition.Of(record.Job).HasReport) await ReportFiles.PutAsync(context.Store, record.AttemptFolder,
            await new ScoreReport(context).OfRunAsync(record, cancellation), cancellation);
    }

    /// <summary>What trying again will not mend is worse than what it may; among equals the first counts.</summary>
    private static ExitCode Worst(IReadOnlyList<Failure> failures) =>
        failures.OrderBy(failure => failure.Error.Transient).FirstOrDefault()?.Error.ExitCode ?? ExitCode.Ok;

    private static IEnumerable<string> Lines(List<string> done, List<Failure> failures, int brought, bool dryRun)
    {
        if (done.Count == 0 && failures.Count == 0 && brought == 0) yield return "nothing to recover: no publish was interrupted.";
        foreach (string folder in done) yield return $"{(dryRun ? "would finish" : "finished")} {folder}";
        if (brought > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{(dryRun ? "would bring" : "brought")} {brought} date(s) into the Delta log");
        foreach (Failure failure in failures) yield return $"FAILED {failure.Folder}: {failure.Error.Code}: {failure.Error.Message}";
    }
}
