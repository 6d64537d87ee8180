using BatchScoring.Core;

namespace BatchScoring.Runs;

/// <summary>What a run would answer without doing any work.</summary>
/// <param name="Published">The manifest that stands; null when nothing is published yet.</param>
/// <param name="Whole">True when it is sealed; false when its publish was interrupted and its last steps are still to do.</param>
/// <param name="Held">The held attempt that stands in the way; null when none does.</param>
public sealed record RunOutlook(Manifest? Published, bool Whole, RunRecord? Held);
