using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Parts;

/// <summary>
/// The files of finished scores, for tools that take a list: what a pattern finds besides (replaced revisions, half a publish) is not among
/// them. Only reads.
/// </summary>
internal sealed class PartsJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(DateRange range, int? revision, TimeSpan? signedFor, CancellationToken cancellation)
    {
        IReadOnlyList<Dataset> scores = (await FinishedScores.FindAsync(context.Store, range, revision, cancellation)).Dates;
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        foreach (string key in scores.SelectMany(dataset => dataset.Manifest!.Manifest.Parts).Select(part => part.Key))
            places[key] = await PlaceAsync(key, signedFor, cancellation);
        return JobOutcome.Ok(
            new JsonObject { ["datasets"] = new JsonArray([.. scores.Select(dataset => Json(dataset, places))]) }, [.. places.Values]);
    }

    private static JsonNode Json(Dataset dataset, Dictionary<string, string> places) => new JsonObject
    {
        ["folder"] = dataset.Folder,
        ["revision"] = dataset.Revision,
        ["rows"] = dataset.Manifest!.Manifest.Content.Rows,
        ["parts"] = new JsonArray([.. dataset.Manifest.Manifest.Parts.Select(part => (JsonNode)new JsonObject
        {
            ["path"] = places[part.Key],
            ["bytes"] = part.Bytes,
            ["rows"] = part.Rows,
            ["sha256"] = part.Sha256,
        })]),
    };

    private async Task<string> PlaceAsync(string key, TimeSpan? signedFor, CancellationToken cancellation)
    {
        if (signedFor is not { } valid) return context.Store.LocalPath(key) ?? $"{context.Store.Options.Root.TrimEnd('/')}/{key}";
        return await context.Store.SignedUrlAsync(key, valid, cancellation) ?? throw new BatchScoringException(HostErrors.OptionInvalid,
            $"--presign needs scores in S3; {context.Store.Options.Root} is a folder. Leave it out to get the files' paths.");
    }
}
