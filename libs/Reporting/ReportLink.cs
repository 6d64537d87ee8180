namespace BatchScoring.Reporting;

/// <summary>Where something lies.</summary>
/// <param name="Label">What it is: <c>Plan</c>, <c>Manifest</c>, <c>Scores</c> …</param>
/// <param name="Location">Its key, path or address, as a reader would type it.</param>
/// <param name="Href">A relative, http(s) or file address to make it a link; anything else is shown as text only.</param>
public sealed record ReportLink(string Label, string Location, string? Href = null);
