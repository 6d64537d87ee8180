using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>A date has no published scores because a gate holds them.</summary>
/// <param name="held">The newest held attempt.</param>
public sealed class ScoresHeldException(RunRecord held) : BatchScoringException(RunErrors.ScoresHeld,
    $"{held.Run} is held, so there are no scores to read. {held.Error?.Message} See batch-score report --date {held.RunDate}.")
{
    /// <summary>The newest held attempt.</summary>
    public RunRecord Held { get; } = held;
}
