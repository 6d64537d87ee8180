using System.Text.Json;
using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Reporting;

namespace BatchScoring.Dispatcher.Mail;

/// <summary>
/// What the steps of a run have counted. A step that runs batch-score answers the command's own JSON: a run record, a report, or several
/// of both (<c>batch-score run</c>); they are found wherever they stand in it.
/// </summary>
/// <param name="RowsRead">Rows read by the last job that counted some; null where none did.</param>
/// <param name="RowsOut">Rows in its result.</param>
/// <param name="RowsSetAside">Rows set aside.</param>
/// <param name="OutIs">What the rows in the result are: <c>scored</c>, <c>drawn</c> …</param>
/// <param name="Report">The last report that was made, or null.</param>
internal sealed record RunFigures(long? RowsRead, long? RowsOut, long? RowsSetAside, string OutIs, Report? Report)
{
    private const int Deepest = 6;

    public static RunFigures Of(IReadOnlyList<StepRow> steps)
    {
        List<JsonObject> records = [];
        List<Report> reports = [];
        foreach (StepRow step in steps) Search(step.Figures, 0, records, reports);
        Report? report = reports.LastOrDefault();
        // A run scores once; what samples and evaluates around it counts other rows.
        JsonObject? record = records.FindLast(r => r["job"]?.ToString() == "score") ?? records.LastOrDefault();
        return record is not null
            ? new RunFigures(Number(record, "rows_read"), Number(record, "rows_out"), Number(record, "rows_quarantined"),
                record["job"]?.ToString() == "score" ? "scored" : "written", report)
            : new RunFigures(report?.Rows?.Read, report?.Rows?.Out ?? Rows(steps), report?.Rows?.SetAsideTotal,
                report?.Rows?.OutIs ?? "rows", report);
    }

    /// <summary>The reports that a step's answer holds, in order.</summary>
    public static IReadOnlyList<Report> ReportsOf(StepRow step)
    {
        List<Report> reports = [];
        Search(step.Figures, 0, [], reports);
        return reports;
    }

    private static void Search(JsonNode? node, int depth, List<JsonObject> records, List<Report> reports)
    {
        if (depth > Deepest) return;
        if (node is JsonArray list) foreach (JsonNode? item in list) Search(item, depth + 1, records, reports);
        if (node is not JsonObject found) return;
        if (Number(found, "rows_read") is not null && Number(found, "rows_out") is not null) records.Add(found);
        foreach ((string name, JsonNode? value) in found)
        {
            if (name == "report" && value is JsonObject json && Read(json) is { } report) reports.Add(report);
            else Search(value, depth + 1, records, reports);
        }
    }

    /// <summary>Null for what is called a report and is none of ours: a letter goes out all the same.</summary>
    private static Report? Read(JsonObject json)
    {
        try
        {
            return JsonReport.Read(json.ToJsonString());
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>What any other step calls its rows.</summary>
    private static long? Rows(IReadOnlyList<StepRow> steps) =>
        steps.Select(step => step.Figures is { } figures ? Number(figures, "rows") : null).LastOrDefault(rows => rows is not null);

    private static long? Number(JsonObject json, string name) =>
        json[name] is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue(out long number) ? number : null;
}
