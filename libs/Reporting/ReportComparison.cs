namespace BatchScoring.Reporting;

/// <summary>Today beside an earlier day.</summary>
/// <param name="Title">What is compared.</param>
/// <param name="Now">The heading of today's column.</param>
/// <param name="Before">The heading of the earlier day's column; null when there is none.</param>
/// <param name="Period">What the history covers, for example <c>30 days</c>.</param>
/// <param name="Rows">The measures, most important first.</param>
/// <param name="Note">What limits the comparison, in a sentence or two.</param>
public sealed record ReportComparison(
    string Title, string Now, string? Before, string Period, IReadOnlyList<ReportTrend> Rows, string? Note = null);
