namespace BatchScoring.Reporting;

/// <summary>Rows that were set aside for one reason.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Rows">How many.</param>
/// <param name="Reason">What the code means, for people.</param>
/// <param name="Column">The column at fault; null when rows are not told apart by it.</param>
public sealed record QuarantineCount(string Code, long Rows, string? Reason = null, string? Column = null);
