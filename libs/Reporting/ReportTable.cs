namespace BatchScoring.Reporting;

/// <summary>A table whose cells are ready to print.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The columns, left to right.</param>
/// <param name="Rows">The rows, top to bottom; each has a cell per column.</param>
public sealed record ReportTable(string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows);
