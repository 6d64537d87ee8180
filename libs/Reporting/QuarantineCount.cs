namespace BatchScoring.Reporting;

/// <summary>Rows that were set aside for one reason.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Rows">How many.</param>
/// <param name="Reason">What the code means here, for people: the column and what was wrong with it.</param>
public sealed record QuarantineCount(string Code, long Rows, string? Reason = null);
