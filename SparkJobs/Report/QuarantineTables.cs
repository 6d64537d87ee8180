using System.Globalization;
using BatchScoring.Core;
using BatchScoring.Engines;
using BatchScoring.Reporting;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.Storage;

namespace BatchScoring.SparkJobs.Report;

/// <summary>The rows that a run set aside: how many by column and code, and some of them to look at.</summary>
internal sealed class QuarantineTables(JobContext context)
{
    private const int Sample = 10;

    /// <summary>What each code means, for people who read the page; docs/operate/errors.md says more.</summary>
    private static readonly Dictionary<string, string> _meanings = new(StringComparer.Ordinal)
    {
        ["MISSING_KEY"] = "the key is missing",
        ["DUPLICATE_KEY"] = "the key was seen before; its first row is scored",
        ["UNREADABLE_NUMBER"] = "a text that is no number",
        ["INFINITE_VALUE"] = "an infinite number, or one too large for the model",
        ["OUT_OF_RANGE"] = "outside the range that the model's contract allows",
        ["UNKNOWN_CATEGORY"] = "a category that the model's contract does not list",
        ["WRONG_TYPE"] = "a value that the model cannot take: a missing category, or one that is a fraction",
    };

    /// <returns>Counts by column and code, and a table of rows; the counts of the record alone where the files are gone.</returns>
    public async Task<(IReadOnlyList<QuarantineCount> Counts, ReportTable? Examples)> ReadAsync(RunRecord record,
        CancellationToken cancellation)
    {
        QuarantineCount[] known =
            [.. record.QuarantineCounts.Select(pair => new QuarantineCount(pair.Key, pair.Value, _meanings.GetValueOrDefault(pair.Key)))];
        // On a cluster the engine is there for the tasks; `report`, on this machine, looks at the rows.
        bool look = record.RowsQuarantined > 0 && context.Settings.Engine == EngineKind.Embedded;
        IReadOnlyList<InputFile> files = look ? await FilesAsync(record, cancellation) : [];
        if (files.Count == 0) return (known, null);
        SqlResult counts = await QueryAsync(
            "SELECT \"column\", code, count(*) AS n FROM bad GROUP BY \"column\", code ORDER BY n DESC, \"column\", code", files,
            cancellation);
        SqlResult rows = await QueryAsync(
            $"SELECT key, \"column\", value, code, file, row_number FROM bad ORDER BY file, row_number LIMIT {Sample}", files,
                cancellation);
        return (
            [.. counts.Rows.Select(row => new QuarantineCount(
                Text(row[1]), Convert.ToInt64(row[2], CultureInfo.InvariantCulture), _meanings.GetValueOrDefault(Text(row[1])),
                    Text(row[0])))],
            new ReportTable(
                record.RowsQuarantined > Sample ? string.Create(CultureInfo.InvariantCulture,
                    $"The first {Sample} of {record.RowsQuarantined:N0} rows set aside")
                    : record.RowsQuarantined == 1 ? "The row set aside" : "The rows set aside",
                [new("Key"), new("Column"), new("Value"), new("Code"), new("File"), new("Row", true)],
                [.. rows.Rows.Select(row => new ReportRow([.. row.Select(Text)]))],
                $"All of them lie in {record.AttemptFolder}{AttemptFiles.Quarantine}"));
    }

    private async Task<IReadOnlyList<InputFile>> FilesAsync(RunRecord record, CancellationToken cancellation)
    {
        var files = new List<InputFile>();
        await foreach (StoredObject found in context.Store.ListAsync(record.AttemptFolder + AttemptFiles.Quarantine, cancellation))
        {
            if (found.Key.EndsWith(".parquet", StringComparison.Ordinal))
                files.Add(new InputFile { Key = found.Key, Size = found.Size, Version = found.Version });
        }

        return files;
    }

    private Task<SqlResult> QueryAsync(string sql, IReadOnlyList<InputFile> files, CancellationToken cancellation) =>
        context.Engine.QueryAsync(
        new SqlQuery
        {
            Text = sql.Replace("\"column\"", context.Engine.Dialect.Name("column"), StringComparison.Ordinal),
            Datasets = [new SqlDataset { Name = "bad", Files = files, Columns = ["key", "row_number", "file", "code", "column", "value"] }],
        },
        cancellation);

    private static string Text(object? cell) => cell switch
    {
        null => "(missing)",
        string text => text,
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };
}
