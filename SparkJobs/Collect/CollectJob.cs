using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Runs;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>Brings the parts of a finished revision together in one file. Only reads the store; the file appears whole or not at all.</summary>
internal sealed class CollectJob(JobContext context)
{
    public async Task<JobOutcome> RunAsync(RunDate date, int? revision, string output, bool dryRun, CancellationToken cancellation)
    {
        string format = Format(output), target = Path.GetFullPath(output);
        RequireFolder(target);
        Dataset scores = await KnownDatasets.ScoresAsync(context.Store, date, revision, cancellation);
        if (dryRun) return Answer(scores, target, $"would write {scores.Manifest!.Manifest.Content.Rows:N0} rows to {target}", written: false);

        using var scratch = new ScratchFolder();
        IReadOnlyList<string> parts = await FetchAsync(scores, scratch, cancellation);
        string temporary = $"{target}.{AttemptId.New()}.tmp";
        try
        {
            Write(parts, scores, temporary, format, cancellation);
            if (File.Exists(target) && LocalFile.Sha256(target) == LocalFile.Sha256(temporary))
                return Answer(scores, target, $"{target} holds these {scores.Manifest!.Manifest.Content.Rows:N0} rows already; nothing done.", written: false);
            bool replaced = File.Exists(target);
            File.Move(temporary, target, overwrite: true);
            return Answer(scores, target, string.Create(CultureInfo.InvariantCulture,
                $"{(replaced ? "replaced" : "wrote")} {target}: {scores.Manifest!.Manifest.Content.Rows:N0} rows of {scores.Folder}"), written: true);
        }
        finally
        {
            File.Delete(temporary);
        }
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
                    $"{part.Key} is not what the manifest of {scores.Folder} promises (SHA-256 {part.Sha256}). Nothing was written; see batch-score verify.");
            }

            paths.Add(path);
        }

        return paths;
    }

    private void Write(IReadOnlyList<string> parts, Dataset scores, string temporary, string format, CancellationToken cancellation)
    {
        using var database = DuckDatabase.Open(new DuckOptions { Threads = context.Settings.Threads, MemoryLimitMiB = context.Settings.MemoryMiB });
        using DuckConnection duck = database.Connect();
        string columns = string.Join(", ", scores.Manifest!.Manifest.Columns.Select(column => DuckSql.Identifier(column.Name)));
        string rows = parts.Count > 0
            ? $"SELECT {columns} FROM {ParquetSql.Table(parts)}"
            : "SELECT " + string.Join(", ", scores.Manifest!.Manifest.Columns.Select(column => $"CAST(NULL AS {column.Type}) AS {DuckSql.Identifier(column.Name)}")) + " LIMIT 0";
        duck.Execute($"COPY ({rows}) TO {DuckSql.Literal(temporary)} ({format})", cancellation);
    }

    private static string Format(string output) => Path.GetExtension(output).ToLowerInvariant() switch
    {
        ".csv" => "FORMAT CSV, HEADER",
        ".parquet" => "FORMAT PARQUET, COMPRESSION ZSTD",
        _ => throw new BatchScoringException(JobErrors.OutputFormat, $"--output {output} must end in .csv or .parquet."),
    };

    private static void RequireFolder(string target)
    {
        if (Directory.Exists(Path.GetDirectoryName(target))) return;
        throw new BatchScoringException(JobErrors.OutputFolderMissing, $"The folder of {target} does not exist; make it first.");
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
