using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Datasets;
using BatchScoring.DuckDb;
using BatchScoring.Hosting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Collect;

/// <summary>
/// Brings the parts of a finished revision together in one file. Only reads the store; the file appears whole or not at all.
/// </summary>
internal sealed class CollectJob(JobContext context, CollectOptions options)
{
    private const string DateColumn = "run_date";

    public async Task<JobOutcome> RunAsync(CancellationToken cancellation)
    {
        var table = new LocalTable(context, options.Output, options.Overwrite);
        FinishedScores scores = await FinishedScores.FindAsync(context.Store, options.Dates, options.Revision, cancellation);
        Check(scores);
        if (options.DryRun) return Answer(scores, table, "would write", written: false);

        string? done = await WriteAsync(scores, table, cancellation);
        return Answer(scores, table, done, done is not null);
    }

    private async Task<string?> WriteAsync(FinishedScores scores, LocalTable table, CancellationToken cancellation)
    {
        try
        {
            using var scratch = ScratchFolder.Create("collect");
            var selects = new List<string>();
            foreach (Dataset date in scores.Dates) selects.Add(Select(await FetchAsync(date, scratch, cancellation), date));
            return await table.WriteAsync(Writer(scores, string.Join(" UNION ALL BY NAME ", selects), cancellation), cancellation);
        }
        catch (Exception e) when (options.Revision is not null && e is (BatchScoringException or DuckDbException))
        {
            // Parts that went while they were read: was the revision retired meanwhile?
            await FinishedScores.FindAsync(context.Store, options.Dates, options.Revision, cancellation);
            throw;
        }
    }

    /// <summary>What is known to fail is refused before anything is fetched.</summary>
    private void Check(FinishedScores scores)
    {
        if (options.Format == TableFormat.Xlsx) SheetFile.CheckLimits(scores, options.OneSheet);
        if (options.Dates.IsRange && scores.Dates.FirstOrDefault(date => date.Manifest!.Manifest.Columns
            .Any(column => column.Name.Equals(DateColumn, StringComparison.OrdinalIgnoreCase))) is { } own)
        {
            throw new BatchScoringException(HostErrors.OptionInvalid,
                $"{own.Folder} has a column {DateColumn} of its own, which a range of dates adds. Collect one date at a time: --date.");
        }
    }

    private Action<DuckConnection, string> Writer(FinishedScores scores, string select, CancellationToken cancellation)
    {
        if (options.Format == TableFormat.Xlsx) return new SheetFile(scores, select, cancellation).WriteWorkbook;
        return !options.ForSpreadsheet
            ? LocalTable.Copy(select, options.Format, cancellation)
            : (duck, file) => new SheetFile(scores, select, cancellation)
                .WriteCsv(duck, file, options.Delimiter ?? ',', options.DecimalComma);
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

    private string Select(IReadOnlyList<string> parts, Dataset scores)
    {
        IReadOnlyList<DatasetColumn> columns = scores.Manifest!.Manifest.Columns;
        string date = options.Dates.IsRange ? $"DATE '{FinishedScores.DateOf(scores)}' AS {DateColumn}, " : "";
        return $"SELECT {date}" + (parts.Count > 0
            ? string.Join(", ", columns.Select(column => DuckSql.Identifier(column.Name))) + $" FROM {ParquetSql.Table(parts)}"
            : ParquetSql.Nulls(columns) + " WHERE false");
    }

    private JobOutcome Answer(FinishedScores scores, LocalTable table, string? done, bool written)
    {
        string rows = string.Create(CultureInfo.InvariantCulture, $"{SheetFile.Rows(scores):N0} rows");
        string place = scores.Dates.Count == 1 ? scores.Dates[0].Folder : $"{scores.Dates.Count} dates from {options.Dates}";
        string[] missing = scores.Missing.Count == 0 ? [] :
            [$"no finished scores on {string.Join(", ", scores.Missing)} (batch-score status says more)"];
        if (table.IsPrinted && written) return new JobOutcome(ExitCode.Ok, [], null) { Notes = [$"{done} {rows} of {place}", .. missing] };
        var json = new JsonObject
        {
            ["output"] = table.Name,
            ["written"] = written,
            ["rows"] = SheetFile.Rows(scores),
            ["datasets"] = new JsonArray([.. scores.Dates.Select(date => (JsonNode)new JsonObject
            {
                ["folder"] = date.Folder,
                ["revision"] = date.Revision,
                ["rows"] = date.Manifest!.Manifest.Content.Rows,
                ["content"] = date.Manifest.Manifest.Content.ToString(),
            })]),
            ["missing"] = new JsonArray([.. scores.Missing.Select(date => (JsonNode)date.ToString())]),
        };
        string said = done is null ? $"{table.Name} holds these {rows} already; nothing done." : $"{done} {table.Name}: {rows} of {place}";
        return JobOutcome.Ok(json, [said, .. missing]);
    }
}
