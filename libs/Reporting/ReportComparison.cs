namespace BatchScoring.Reporting;

/// <summary>Today beside an earlier day.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="Now">The heading of today's column.</param>
/// <param name="Before">The heading of the earlier day's column; null when there is none.</param>
/// <param name="Period">What the history covers, for example <c>30 days</c>.</param>
/// <param name="Rows">The measures, most important first.</param>
/// <param name="Note">What limits the comparison, in a sentence or two.</param>
public sealed record ReportComparison(
    string Title, string Now, string? Before, string Period, IReadOnlyList<ReportTrend> Rows, string? Note = null)
{
    /// <summary>
    /// The comparison as rows × columns, for text and letters: a row per measure; two columns, or four with change and earlier day. A value
    /// that was not known then is a dash.
    /// </summary>
    public ReportTable ToTable() => new(
        Title,
        Before is null ? [new("Measure"), new(Now, true)] : [new("Measure"), new(Now, true), new("Change", true), new(Before, true)],
        [.. Rows.Select(row => new ReportRow(
            Before is null ? [row.Name, row.Now] : [row.Name, row.Now, row.Change ?? "", row.Before ?? "—"]))],
        Note);
}
