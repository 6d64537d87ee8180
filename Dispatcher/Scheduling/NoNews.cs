using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Where no mail is configured nobody is told; page and ledger have it all the same.</summary>
internal sealed class NoNews : IRunNews
{
    /// <inheritdoc/>
    public void Ended(LedgerSql sql, RunRow run, IReadOnlyList<StepRow> steps)
    {
    }

    /// <inheritdoc/>
    public void Alarm(LedgerSql sql, RunRow run, string kind, string text)
    {
    }
}
