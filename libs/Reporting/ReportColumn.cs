namespace BatchScoring.Reporting;

/// <summary>A column of a table.</summary>
/// <param name="Header">Its heading, with the unit if there is one.</param>
/// <param name="Numeric">True: digits are aligned to the right.</param>
public sealed record ReportColumn(string Header, bool Numeric = false);
