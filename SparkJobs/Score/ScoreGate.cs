using BatchScoring.Core;
using BatchScoring.Runs;
using BatchScoring.Scoring;
using BatchScoring.Tasks;

namespace BatchScoring.SparkJobs.Score;

/// <summary>
/// What holds scores besides rows set aside: a night with no rows is no quiet success, and a column that did not come is a missing value in
/// every row, for which the model has an answer all the same.
/// </summary>
/// <param name="input">The folder that is scored.</param>
/// <param name="contract">The model's contract; null for none.</param>
internal sealed class ScoreGate(string input, ModelContract? contract)
{
    private const int Shown = 5;

    public HoldReason? Closes(RunResult result)
    {
        TaskTotals totals = result.Totals();
        if (totals.RowsOut > 0) return MissingValues(result, totals.RowsRead);
        return totals.RowsRead == 0
            ? new HoldReason(JobErrors.HeldNoRows, $"there is no row to score in {input}", input)
            : new HoldReason(JobErrors.HeldNoRows, FormattableString.Invariant(
                $"no row has a score, all {totals.RowsRead:N0} were set aside"));
    }

    private HoldReason? MissingValues(RunResult result, long rows)
    {
        FeatureRule[] limited = [.. contract?.Features.Where(rule => rule.MaxMissingPercent is not null) ?? []];
        if (limited.Length == 0 || ScoreStatistics.Of(result)?.Missing is not { } missing) return null;
        string[] over = [.. limited.Where(rule => Percent(rule) > rule.MaxMissingPercent).OrderByDescending(Percent).Select(rule =>
            FormattableString.Invariant($"{rule.Feature} in {Percent(rule):0.##} % (allowed {rule.MaxMissingPercent:0.##} %)"))];
        if (over.Length == 0) return null;
        string more = over.Length > Shown ? FormattableString.Invariant($" and {over.Length - Shown:N0} further features") : "";
        return new HoldReason(JobErrors.HeldValuesMissing, FormattableString.Invariant(
            $"more values are missing in {rows:N0} rows than the contract allows: {string.Join(", ", over.Take(Shown))}{more}"), input);

        double Percent(FeatureRule rule) => 100.0 * missing.GetValueOrDefault(rule.Feature) / rows;
    }
}
