using BatchScoring.Core;
using BatchScoring.Runs;

namespace BatchScoring.SparkJobs.Score;

/// <summary>What holds scores besides rows set aside: a night with no rows is no quiet success.</summary>
/// <param name="input">The folder that is scored.</param>
internal sealed class ScoreGate(string input)
{
    public HoldReason? Closes(RunResult result)
    {
        TaskTotals totals = result.Totals();
        if (totals.RowsOut > 0) return null;
        return totals.RowsRead == 0
            ? new HoldReason(JobErrors.HeldNoRows, $"there is no row to score in {input}", input)
            : new HoldReason(JobErrors.HeldNoRows, FormattableString.Invariant($"no row has a score, all {totals.RowsRead:N0} were set aside"));
    }
}
