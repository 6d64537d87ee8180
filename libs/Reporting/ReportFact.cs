namespace BatchScoring.Reporting;

/// <summary>Something worth knowing.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How it stands.</param>
public sealed record ReportFact(string Name, string Value);
