using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>The records below a prefix.</summary>
/// <param name="Readable">Newest first.</param>
/// <param name="Unreadable">Why the others cannot be read, one error for each.</param>
public sealed record RunRecords(IReadOnlyList<RunRecord> Readable, IReadOnlyList<BatchScoringException> Unreadable);
