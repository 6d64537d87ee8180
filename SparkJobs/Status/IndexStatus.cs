using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Status;

/// <summary>How the Delta log beside the scores stands.</summary>
/// <param name="Check">Compared with the manifests; null where it cannot be read.</param>
/// <param name="Problem">Why it cannot be read, or null.</param>
internal sealed record IndexStatus(DeltaLogCheck? Check, BatchScoringException? Problem)
{
    public static async Task<IndexStatus> OfAsync(IObjectStore store, CancellationToken cancellation)
    {
        try
        {
            return new IndexStatus(await new DeltaLog(store).CheckAsync(cancellation), null);
        }
        catch (DatasetException e) when (e.Is(DatasetErrors.DeltaLogDamaged))
        {
            return new IndexStatus(null, e);
        }
    }

    public IEnumerable<string> Lines()
    {
        if (Problem is not null) yield return $"{Problem.Code}: {Problem.Message}";
        if (Check is not { } check) yield break;
        if (check.Behind.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the Delta log {(check.Exists ? "is behind by" : "is missing for")} {check.Behind.Count} date(s): batch-score recover brings them");
        }

        if (check.Unfit.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the Delta log cannot show {check.Unfit.Count} date(s): their columns have a type or name that not every reader takes");
        }

        if (check.Surplus.Count > 0)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the Delta log shows {check.Surplus.Count} file(s) that no manifest names: batch-score verify lists them");
        }
    }

    public JsonObject Json() => new()
    {
        ["behind"] = Check is null ? null : new JsonArray([.. Check.Behind.Select(folder => (JsonNode)folder)]),
        ["unfit"] = Check is null ? null : new JsonArray([.. Check.Unfit.Select(folder => (JsonNode)folder)]),
        ["surplus"] = Check?.Surplus.Count,
        ["problem"] = Problem?.Code,
    };
}
