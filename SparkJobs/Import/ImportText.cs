using System.Globalization;
using System.Text.Json.Nodes;
using BatchScoring.Core;
using BatchScoring.SparkJobs.CommandLine;

namespace BatchScoring.SparkJobs.Import;

/// <summary>Both runs of an import as one answer.</summary>
internal static class ImportText
{
    public static JobOutcome Outcome(RunRecord train, RunRecord test, IReadOnlyList<ImportColumn> columns, IReadOnlyList<string> notes)
    {
        (train, test) = (OwnRows(train), OwnRows(test));
        long read = train.RowsRead + test.RowsRead, aside = train.RowsQuarantined + test.RowsQuarantined;
        JsonObject json = new()
        {
            ["train"] = RunText.Json(train),
            ["test"] = RunText.Json(test),
            ["rows"] = new JsonObject { ["read"] = read, ["train"] = train.RowsOut, ["test"] = test.RowsOut, ["set_aside"] = aside },
            ["notes"] = new JsonArray([.. notes.Select(note => (JsonNode)note)]),
        };
        int categories = columns.Count(column => column.Column.Role == ColumnRole.Category);
        string[] lines =
        [
            .. RunText.Lines(train),
            .. RunText.Lines(test),
            string.Create(CultureInfo.InvariantCulture,
                $"{read:N0} in all: {train.RowsOut:N0} to train/, {test.RowsOut:N0} to test/, {aside:N0} set aside"),
            string.Create(CultureInfo.InvariantCulture, $"{columns.Count} columns, {categories} of them categories"),
        ];
        return JobOutcome.Ok(json, lines) with { Notes = notes };
    }

    /// <summary>Both runs read the whole table; here a run's rows are those that are its own, so that they add up.</summary>
    private static RunRecord OwnRows(RunRecord record) => record with { RowsRead = record.RowsOut + record.RowsQuarantined };
}
