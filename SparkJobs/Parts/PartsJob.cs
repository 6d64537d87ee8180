using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Hosting;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Parts;

/// <summary>
/// The files of finished scores, for tools that take a list: what a pattern finds besides (replaced revisions, half a publish) is not among
/// them. Only reads.
/// </summary>
internal sealed class PartsJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync((RunDate From, RunDate To) range, int? revision, TimeSpan? signedFor, CancellationToken cancellation)
    {
        IReadOnlyList<Dataset> scores = range.From == range.To
            ? [await KnownDatasets.ScoresAsync(context.Store, range.From, revision, cancellation)]
            : await RangeAsync(range.From, range.To, cancellation);
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        foreach (string key in scores.SelectMany(dataset => dataset.Manifest!.Manifest.Parts).Select(part => part.Key))
            places[key] = await PlaceAsync(key, signedFor, cancellation);
        return JobOutcome.Ok(
            new JsonObject { ["datasets"] = new JsonArray([.. scores.Select(dataset => Json(dataset, places))]) }, [.. places.Values]);
    }

    /// <summary>Every date of the range that has scores. One that is about to be replaced makes all of them "try again later".</summary>
    private async Task<IReadOnlyList<Dataset>> RangeAsync(RunDate from, RunDate to, CancellationToken cancellation)
    {
        List<Dataset> found = [];
        IReadOnlyList<Dataset> all = await new DatasetReader(context.Store).ScanAsync(FolderLayout.Inferences, cancellation);
        foreach (RunDate date in all.Where(dataset => dataset.Revision is not null)
            .Select(dataset => RunDate.Parse(dataset.Folder[(FolderLayout.Inferences.Length + "run_date=".Length)..].Split('/')[0]))
            .Distinct().Where(date => date.CompareTo(from) >= 0 && date.CompareTo(to) <= 0).Order())
        {
            found.Add(await KnownDatasets.ScoresAsync(context.Store, date, null, cancellation));
        }

        return found.Count > 0 ? found : throw new DatasetException(DatasetErrors.NotFound,
            $"No date from {from} to {to} has scores under {context.Store.Options.Root}. See which have: batch-score status");
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
