using System.Text.Json.Nodes;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Datasets;

namespace BatchScoring.SparkJobs.Clean;

internal sealed class CleanJob(JobContext context)
{
    /// <summary>Of a talk of today the answer may still be waited for.</summary>
    private static readonly TimeSpan LeastAge = TimeSpan.FromDays(1);

    public async Task<JobOutcome> RunAsync(TimeSpan olderThan, bool dryRun, CancellationToken cancellation)
    {
        CleanResult result = await new PendingCleaner(context.Store, context.Time).CleanAsync(olderThan, dryRun, cancellation);
        var leftovers = new Leftovers(context.Store, context.Time.GetUtcNow() - (olderThan > LeastAge ? olderThan : LeastAge));
        IReadOnlyList<string> keys = await leftovers.KeysAsync(cancellation), logs = leftovers.Logs();
        IReadOnlyList<string> files = dryRun ? [.. keys, .. logs] : await leftovers.RemoveAsync(keys, logs, cancellation);
        int kept = keys.Count + logs.Count - files.Count;
        var json = new JsonObject
        {
            ["removed"] = new JsonArray([.. result.Aborted.Select(part => (JsonNode)part.Key)]),
            ["removed_files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]),
            ["kept_young"] = result.Young.Count,
            ["kept_published"] = result.Wanted.Count,
            ["kept_without_right"] = kept,
            ["dry_run"] = dryRun,
        };
        string would = dryRun ? "would be removed" : "removed";
        return JobOutcome.Ok(json,
        [
            .. result.Aborted.Select(part =>
                $"{(dryRun ? "would remove" : "removed")} {part.Key} (begun {part.Initiated:yyyy-MM-dd HH:mm} UTC)"),
            $"{result.Aborted.Count} pending part(s) {would}, {result.Young.Count} kept as too young, " +
            $"{result.Wanted.Count} kept because a manifest names " +
            $"them{(result.Wanted.Count > 0 ? " (batch-score recover completes them)" : "")}.",
            $"{files.Count} file(s) of ended submissions and probes {would}{(kept > 0 ? $", {kept} kept for want of rights" : "")}.",
        ]);
    }
}
