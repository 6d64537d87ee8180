using System.Text.Json;

namespace BatchScoring.Reporting;

/// <summary>The report for programs: JSON, snake_case names, numbers that read back to the same bits.</summary>
public static class JsonReport
{
    /// <summary>Writes it, on one line.</summary>
    /// <exception cref="InvalidOperationException">Metrics or charts without <see cref="Report.ScoreMeaning"/>.</exception>
    public static string Create(Report report)
    {
        report.Validate();
        return JsonSerializer.Serialize(report, ReportJson.Default.Report);
    }

    /// <summary>Reads what <see cref="Create"/> wrote.</summary>
    /// <exception cref="JsonException">The text has another form.</exception>
    public static Report Read(string json) =>
        JsonSerializer.Deserialize(json, ReportJson.Default.Report) ?? throw new JsonException("A report is an object, not null.");
}
