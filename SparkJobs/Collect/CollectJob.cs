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

/// <summary>Brings the parts of a finished revision together in one file. Only reads the store; the file appears whole or not at all.</summary>
internal sealed class CollectJob(JobContext context, CollectOptions options)
{
    private const string StandardOutput = "-";

    public Task<JobOutcome> RunAsync(CancellationToken cancellation) => options.Output == StandardOutput ? PrintAsync(cancellation) : WriteAsync(cancellation);

    private async Task<JobOutcome> WriteAsync(CancellationToken cancellation)
    {
        string format = Format(options.Output);
        var target = LocalTarget.Of(options.Output, context.Store);
        Dataset scores = await OpenAsync(cancellation);
        if (options.DryRun) return Answer(scores, target.Path, string.Create(CultureInfo.InvariantCulture, $"would write {Rows(scores):N0} rows to {target.Path}"), written: false);

        using var scratch = ScratchFolder.Create("collect");
        IReadOnlyList<string> parts = await FetchAsync(scores, scratch, cancellation);
        string temporary = $"{target.Path}.{AttemptId.New()}.tmp";
        try
        {
            Write(parts, scores, temporary, format, cancellation);
            bool stood = File.Exists(target.Path);
            if (!target.Take(temporary, options.Overwrite))
                return Answer(scores, target.Path, string.Create(CultureInfo.InvariantCulture, $"{target.Path} holds these {Rows(scores):N0} rows already; nothing done."), written: false);
            return Answer(scores, target.Path, string.Create(CultureInfo.InvariantCulture,
                $"{(stood ? "replaced" : "wrote")} {target.Path}: {Rows(scores):N0} rows of {scores.Folder}"), written: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The rows alone go to standard output, after all of them are known to be right; what there is to say goes beside them.</summary>
    private async Task<JobOutcome> PrintAsync(CancellationToken cancellation)
    {
        Dataset scores = await OpenAsync(cancellation);
        if (options.DryRun) return Answer(scores, StandardOutput, string.Create(CultureInfo.InvariantCulture, $"would print {Rows(scores):N0} rows"), written: false);

        using var scratch = ScratchFolder.Create("collect");
        string file = scratch.File("scores.csv");
        Write(await FetchAsync(scores, scratch, cancellation), scores, file, Format(file), cancellation);
        await using (FileStream rows = File.OpenRead(file))
        await using (Stream output = Console.OpenStandardOutput())
            await rows.CopyToAsync(output, cancellation);
        return new JobOutcome(ExitCode.Ok, [], null) { Notes = [string.Create(CultureInfo.InvariantCulture, $"printed {Rows(scores):N0} rows of {scores.Folder}")] };
    }

    private Task<Dataset> OpenAsync(CancellationToken cancellation) =>
        KnownDatasets.ScoresAsync(context.Store, options.Date, options.Revision, cancellation);

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
        _ => throw new BatchScoringException(JobErrors.OutputFormat, $"--output {output} must end in .csv or .parquet, or be - for standard output."),
    };

    private static long Rows(Dataset scores) => scores.Manifest!.Manifest.Content.Rows;

    private static JobOutcome Answer(Dataset scores, string target, string text, bool written) => JobOutcome.Ok(new JsonObject
    {
        ["output"] = target,
        ["written"] = written,
        ["folder"] = scores.Folder,
        ["revision"] = scores.Revision,
        ["rows"] = Rows(scores),
        ["content"] = scores.Manifest!.Manifest.Content.ToString(),
    }, text);
}
