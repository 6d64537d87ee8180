using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Datasets;

namespace BatchScoring.SparkJobs.Verify;

/// <summary>Reads again what was published. A dataset that cannot be compared is a difference too, unless others delivered it.</summary>
internal sealed class VerifyJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(RunDate? date, CancellationToken cancellation)
    {
        IEnumerable<string> prefixes = date is { } day
            ? [FolderLayout.TestSample(day), FolderLayout.Inference(day)]
            : FolderLayout.Published;
        var verifier = new DatasetVerifier(context.Store);
        var checks = new List<DatasetCheck>();
        foreach (string prefix in prefixes)
        {
            foreach (Dataset dataset in await new DatasetReader(context.Store).ScanAsync(prefix, cancellation))
            {
                if (dataset.Condition == DatasetCondition.Unsealed && dataset.Files.Count == 0) continue; // no dataset at all
                checks.Add(new DatasetCheck(dataset, dataset.Manifest is null
                    ? null
                    : await verifier.VerifyAsync(dataset.Folder, cancellation)));
            }
        }

        if (checks.Count == 0) await ExistingRoot.RequireLayoutAsync(context.Store, cancellation);
        Difference[] differences =
        [
            .. checks.SelectMany(check => check.Differences),
            .. date is null ? await IndexAsync(cancellation) : [],
        ];
        int files = checks.Sum(check => check.Files);
        var json = new JsonObject
        {
            ["datasets"] = checks.Count,
            ["files"] = files,
            ["differences"] = new JsonArray([.. differences.Select(difference => (JsonNode)new JsonObject
            {
                ["key"] = difference.Key,
                ["finding"] = difference.Finding,
                ["detail"] = difference.Detail,
            })]),
        };
        return new JobOutcome(differences.Length == 0 ? ExitCode.Ok : ExitCode.InputUnusable,
        [
            .. checks.Select(check => check.Text()),
            .. differences.Select(difference => $"  {difference.Key}: {difference.Detail}"),
            $"{checks.Count} dataset(s), {files} file(s) read, {differences.Length} difference(s).",
        ], json);
    }

    /// <summary>The Delta log beside the scores against the manifests. A root that has none yet is no difference.</summary>
    private async Task<IReadOnlyList<Difference>> IndexAsync(CancellationToken cancellation)
    {
        try
        {
            DeltaLogCheck check = await new DeltaLog(context.Store).CheckAsync(cancellation);
            if (!check.Exists) return [];
            return
            [
                .. check.Behind.Select(folder => new Difference(
                    DeltaLog.Folder, "NotInIndex", $"The Delta log does not show {folder} as it was published; recover brings it.")),
                .. check.Surplus.Select(key => new Difference(
                    key, "OnlyInIndex", "The Delta log shows it, and no date's latest manifest names it; recover takes it out.")),
            ];
        }
        catch (DatasetException e) when (e.Is(DatasetErrors.DeltaLogDamaged))
        {
            return [new Difference(DeltaLog.Folder, e.Code, e.Message)];
        }
    }
}
