using System.Globalization;

namespace BatchScoring.Core;

/// <summary>
/// Names a run: a function of job, run date and revision, so that asking twice means the same run. Text form, also its folder's name:
/// <c>score-2026-11-21-r1</c>; a job without a date (import) is <c>import-r1</c>.
/// </summary>
/// <param name="Job">The job's name, a command of batch-score.</param>
/// <param name="Date">The run date, or null for a job that has none.</param>
/// <param name="Revision">1 for the first result of that date; higher only when a user asks for it.</param>
public sealed record RunId(string Job, RunDate? Date, int Revision)
{
    /// <inheritdoc/>
    public override string ToString() => Date is { } date
        ? string.Create(CultureInfo.InvariantCulture, $"{Job}-{date}-r{Revision}")
        : string.Create(CultureInfo.InvariantCulture, $"{Job}-r{Revision}");
}
