using System.Text.Json.Nodes;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Datasets;

namespace BatchScoring.SparkJobs.Clean;

internal sealed class CleanJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(TimeSpan olderThan, bool dryRun, CancellationToken cancellation)
    {
        CleanResult result = await new PendingCleaner(context.Store, context.Time).CleanAsync(olderThan, dryRun, cancellation);
        var json = new JsonObject
        {
            ["removed"] = new JsonArray([.. result.Aborted.Select(part => (JsonNode)part.Key)]),
            ["kept_young"] = result.Young.Count,
            ["kept_published"] = result.Wanted.Count,
            ["dry_run"] = dryRun,
        };
        return JobOutcome.Ok(json,
        [
            .. result.Aborted.Select(part => $"{(dryRun ? "would remove" : "removed")} {part.Key} (begun {part.Initiated:yyyy-MM-dd HH:mm} UTC)"),
            $"{result.Aborted.Count} pending part(s) {(dryRun ? "would be removed" : "removed")}, {result.Young.Count} kept as too young, " +
            $"{result.Wanted.Count} kept because a manifest names them{(result.Wanted.Count > 0 ? " (batch-score recover completes them)" : "")}.",
        ]);
    }
}
