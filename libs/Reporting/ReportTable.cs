namespace BatchScoring.Reporting;

/// <summary>A table whose cells are ready to print.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Columns">The columns, left to right.</param>
/// <param name="Rows">The rows, top to bottom; each has a cell per column.</param>
/// <param name="Note">How to read it, in a sentence or two; a table without rows says here why.</param>
public sealed record ReportTable(string Title, IReadOnlyList<ReportColumn> Columns, IReadOnlyList<ReportRow> Rows, string? Note = null)
{
    /// <summary>There is nothing to show but why.</summary>
    internal bool IsNote => Rows.Count == 0 && Note is not null;
}
