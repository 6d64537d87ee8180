namespace BatchScoring.Reporting;

/// <summary>One measure today, before, and over time.</summary>
/// <param name="Name">What is measured, with its unit if there is one.</param>
/// <param name="Now">Its value now, ready to print.</param>
/// <param name="Change">How far it moved, ready to print; null when there is nothing to compare with.</param>
/// <param name="Before">Its value before, ready to print; null when there is none.</param>
/// <param name="History">Its values over time, oldest first, today last; null where there was none that day.</param>
public sealed record ReportTrend(string Name, string Now, string? Change, string? Before, IReadOnlyList<double?> History);
