using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.List;

/// <summary>Every dataset of the root with its state. Only reads.</summary>
internal sealed class ListJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        var found = new List<Dataset>();
        var reader = new DatasetReader(context.Store);
        foreach (string folder in FolderLayout.Published)
            found.AddRange(await reader.ScanAsync(folder, cancellation));
        if (found.Count == 0)
            return JobOutcome.Ok(new JsonObject { ["datasets"] = new JsonArray() },
                $"{context.Store.Options.Root} holds no dataset yet. Begin with: batch-score import.");
        int width = found.Max(dataset => dataset.Folder.Length);
        return JobOutcome.Ok(new JsonObject { ["datasets"] = new JsonArray([.. found.Select(Json)]) },
            [.. found.SelectMany(dataset => Lines(dataset, width))]);
    }

    private static IEnumerable<string> Lines(Dataset dataset, int width)
    {
        yield return $"{dataset.Folder.PadRight(width)}  {DatasetState.Of(dataset),-16}  {Facts(dataset)}".TrimEnd();
        if (DatasetProblem.Of(dataset) is { } problem) yield return "  " + problem;
    }

    private static string Facts(Dataset dataset) => dataset.Manifest is { Manifest: var manifest }
        ? string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Content.Rows,12:N0} rows  {manifest.Created:yyyy-MM-dd HH:mm} UTC  {manifest.Content.Sum:x32}")
        : string.Create(CultureInfo.InvariantCulture, $"{dataset.Files.Count,12:N0} files");

    private static JsonNode Json(Dataset dataset) => new JsonObject
    {
        ["folder"] = dataset.Folder,
        ["state"] = DatasetState.Of(dataset),
        ["revision"] = dataset.Revision,
        ["files"] = dataset.Files.Count,
        ["rows"] = dataset.Manifest?.Manifest.Content.Rows,
        ["content"] = dataset.Manifest?.Manifest.Content.ToString(),
        ["created"] = dataset.Manifest?.Manifest.Created,
        ["problem"] = DatasetProblem.Of(dataset),
    };
}
