namespace BatchScoring.Reporting;

/// <summary>A row of a table.</summary>
/// <param name="Cells">One text per column.</param>
/// <param name="Mark">Why this row stands out, in a few words; null when it does not.</param>
public sealed record ReportRow(IReadOnlyList<string> Cells, string? Mark = null);
