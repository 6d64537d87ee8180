using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;
using BatchScoring.SparkJobs.Runs;

namespace BatchScoring.SparkJobs.Import;

/// <summary>Both runs of an import as one answer.</summary>
internal static class ImportText
{
    public static JobOutcome Outcome(RunRecord train, RunRecord test, IReadOnlyList<ImportColumn> columns)
    {
        JsonObject json = new() { ["train"] = RunText.Json(train), ["test"] = RunText.Json(test) };
        int categories = columns.Count(column => column.Column.Role == ColumnRole.Category);
        return JobOutcome.Ok(json,
        [
            .. RunText.Lines(train),
            .. RunText.Lines(test),
            string.Create(CultureInfo.InvariantCulture, $"{columns.Count} columns, {categories} of them categories"),
        ]);
    }
}
