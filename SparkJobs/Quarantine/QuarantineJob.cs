using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.Runs;
using BatchScoring.SparkJobs.Collect;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;
using BatchScoring.Tables;

namespace BatchScoring.SparkJobs.Quarantine;

/// <summary>What runs set aside, from their newest attempt that came to an end. Only reads the store.</summary>
internal sealed class QuarantineJob(JobContext context)
{
    private readonly RunStore _runs = new(context.Store, context.Time);

    public async Task<JobOutcome> ListAsync(RunDate? date, CancellationToken cancellation)
    {
        RunRecord[] runs = [.. (await NewestAsync(FolderLayout.Runs, cancellation))
            .Where(record => date is null || record.RunDate == date.ToString())];
        var json = new JsonObject { ["runs"] = new JsonArray([.. runs.Select(Json)]) };
        return JobOutcome.Ok(json, runs.Length == 0 ? ["no run has set rows aside."] : [.. runs.Select(Text)]);
    }

    public async Task<JobOutcome> ExportAsync(string run, string output, bool overwrite, CancellationToken cancellation)
    {
        TableFormat format = LocalTable.FormatOf(output, null, TableFormat.Csv, TableFormat.Parquet);
        var table = new LocalTable(context, output, overwrite);
        RunRecord record = (await NewestAsync(FolderLayout.Runs, cancellation)).FirstOrDefault(found => found.Run == run)
            ?? throw new BatchScoringException(JobErrors.NothingSetAside,
                $"The run '{run}' has set no rows aside, or is not there. See batch-score quarantine list.");
        using var scratch = ScratchFolder.Create("quarantine");
        IReadOnlyList<string> files = await FetchAsync(record.AttemptFolder + AttemptFiles.Quarantine, scratch, cancellation);
        if (files.Count == 0)
            throw new BatchScoringException(JobErrors.NothingSetAside,
                $"'{record.AttemptFolder}{AttemptFiles.Quarantine}' holds no file any more, though {record.RowsQuarantined} rows were " +
                "set aside.");
        // Rows that import itself set aside have no key yet; the others have.
        string select = string.Join(" UNION ALL BY NAME ", files.Select(file => $"SELECT * FROM {ParquetSql.Table(file)}"));
        string? done = await table.WriteAsync(LocalTable.Copy(select, format, cancellation), cancellation);
        string rows = string.Create(CultureInfo.InvariantCulture, $"{record.RowsQuarantined:N0} rows set aside by {run}");
        if (table.IsPrinted) return new JobOutcome(ExitCode.Ok, [], null) { Notes = [$"{done} {rows}"] };
        return JobOutcome.Ok(
            new JsonObject { ["output"] = table.Name, ["written"] = done is not null, ["run"] = run, ["rows"] = record.RowsQuarantined },
            done is null ? $"{table.Name} holds these rows already; nothing done." : $"{done} {table.Name}: {rows}");
    }

    /// <summary>Of every run the newest record that says something of rows: a failed attempt says nothing.</summary>
    private async Task<IEnumerable<RunRecord>> NewestAsync(string prefix, CancellationToken cancellation) =>
        (await _runs.RecordsAsync(prefix, cancellation)).Readable.Where(record => record.Verdict != Verdict.Failed)
            .GroupBy(record => record.Run, StringComparer.Ordinal).Select(run => run.First()).Where(record => record.RowsQuarantined > 0)
            .OrderBy(record => record.Run, StringComparer.Ordinal);

    private async Task<IReadOnlyList<string>> FetchAsync(string folder, ScratchFolder scratch, CancellationToken cancellation)
    {
        var paths = new List<string>();
        await foreach (StoredObject found in context.Store.ListAsync(folder, cancellation))
        {
            string path = context.Store.LocalPath(found.Key) ?? scratch.File(Path.GetFileName(found.Key));
            if (context.Store.LocalPath(found.Key) is null) await context.Store.DownloadAsync(found.Key, path, cancellation);
            paths.Add(path);
        }

        return paths;
    }

    private static string Text(RunRecord record) => string.Create(CultureInfo.InvariantCulture,
        $"{record.Run}  {record.Verdict.ToString().ToLowerInvariant()}, {record.RowsQuarantined:N0} rows set aside: ")
        + string.Join(", ", record.QuarantineCounts.OrderByDescending(count => count.Value)
            .Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Value:N0} × {count.Key}")));

    private static JsonNode Json(RunRecord record) => new JsonObject
    {
        ["run"] = record.Run,
        ["verdict"] = record.Verdict.ToString().ToLowerInvariant(),
        ["rows"] = record.RowsQuarantined,
        ["counts"] = new JsonObject(record.QuarantineCounts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)count.Value))),
        ["folder"] = record.AttemptFolder + AttemptFiles.Quarantine,
    };
}
