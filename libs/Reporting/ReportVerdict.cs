namespace BatchScoring.Reporting;

/// <summary>How a run ended.</summary>
/// <param name="Outcome">Decides colour and sign.</param>
/// <param name="Headline">A word or two: <c>Published</c>, <c>Held</c>, <c>Failed</c> …</param>
/// <param name="Detail">One sentence: why, and what to do if anything.</param>
public sealed record ReportVerdict(ReportOutcome Outcome, string Headline, string Detail);
