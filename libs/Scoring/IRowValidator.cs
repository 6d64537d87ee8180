using BatchScoring.Tables;

namespace BatchScoring.Scoring;

/// <summary>Decides what a bad row means: it is set aside, or refused.</summary>
public interface IRowValidator
{
    /// <summary>Looks at the reader's current block.</summary>
    /// <returns>For every row whether it may be scored; empty where all may. Void at the next call.</returns>
    /// <exception cref="Core.BatchScoringException">A row is refused, and with it the table.</exception>
    ReadOnlySpan<bool> Validate(ISplitReader reader);
}
