namespace BatchScoring.Reporting;

/// <summary>A quality figure.</summary>
/// <param name="Name">As users know it: <c>AUC</c>, <c>Gini</c>, <c>KS</c> …</param>
/// <param name="Value">The figure. Shown with four decimals at a glance, and to the last bit in the table and in JSON.</param>
/// <param name="Meaning">What it says and which way is better, in a few words.</param>
/// <param name="Detail">What belongs to it, for example <c>at score 0.2134</c>.</param>
public sealed record ReportMetric(string Name, double Value, string Meaning, string? Detail = null);
