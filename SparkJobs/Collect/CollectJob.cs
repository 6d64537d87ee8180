using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>
/// Brings the parts of a finished revision together in one file. Only reads the store; the file appears whole or not at all.
/// </summary>
internal sealed class CollectJob(JobContext context, CollectOptions options)
{
    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        var table = new LocalTable(context, options.Output, options.Overwrite);
        Dataset scores = await KnownDatasets.ScoresAsync(context.Store, options.Date, options.Revision, cancellation);
        string rows = string.Create(CultureInfo.InvariantCulture, $"{scores.Manifest!.Manifest.Content.Rows:N0} rows");
        if (options.DryRun) return Answer(scores, table.Name, $"would write {rows} to {table.Name}", written: false);

        using var scratch = ScratchFolder.Create("collect");
        string? done = await table.WriteAsync(Select(await FetchAsync(scores, scratch, cancellation), scores), cancellation);
        if (table.IsPrinted) return new JobOutcome(ExitCode.Ok, [], null) { Notes = [$"{done} {rows} of {scores.Folder}"] };
        return Answer(scores, table.Name, done is null
            ? $"{table.Name} holds these {rows} already; nothing done."
            : $"{done} {table.Name}: {rows} of {scores.Folder}", done is not null);
    }

    private async Task<IReadOnlyList<string>> FetchAsync(Dataset scores, ScratchFolder scratch, CancellationToken cancellation)
    {
        var paths = new List<string>();
        foreach (PendingPart part in scores.Manifest!.Manifest.Parts)
        {
            string path = context.Store.LocalPath(part.Key) ?? scratch.File(Path.GetFileName(part.Key));
            if (context.Store.LocalPath(part.Key) is null) await context.Store.DownloadAsync(part.Key, path, cancellation);
            if (!File.Exists(path) || LocalFile.Sha256(path) != part.Sha256)
            {
                throw new BatchScoringException(JobErrors.PartDamaged,
                    $"{part.Key} is not what the manifest of {scores.Folder} promises (SHA-256 {part.Sha256}). Nothing was written; see " +
                    "batch-score verify.");
            }

            paths.Add(path);
        }

        return paths;
    }

    private static string Select(IReadOnlyList<string> parts, Dataset scores)
    {
        IReadOnlyList<DatasetColumn> columns = scores.Manifest!.Manifest.Columns;
        return parts.Count > 0
            ? $"SELECT {string.Join(", ", columns.Select(column => DuckSql.Identifier(column.Name)))} FROM {ParquetSql.Table(parts)}"
            : "SELECT " + string.Join(", ", columns.Select(column => $"CAST(NULL AS {column.Type}) AS {DuckSql.Identifier(column.Name)}")) +
                " LIMIT 0";
    }

    private static JobOutcome Answer(Dataset scores, string target, string text, bool written) => JobOutcome.Ok(new JsonObject
    {
        ["output"] = target,
        ["written"] = written,
        ["folder"] = scores.Folder,
        ["revision"] = scores.Revision,
        ["rows"] = scores.Manifest!.Manifest.Content.Rows,
        ["content"] = scores.Manifest!.Manifest.Content.ToString(),
    }, text);
}
