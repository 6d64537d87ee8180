using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>Who tells people. Called within the transaction that writes what is told, so that neither is without the other.</summary>
internal interface IRunNews
{
    /// <summary>A run has ended.</summary>
    void Ended(LedgerSql sql, RunRow run, IReadOnlyList<StepRow> steps);

    /// <summary>Something about a run wants attention: it has not started, it will be late. Once per run and kind.</summary>
    void Alarm(LedgerSql sql, RunRow run, string kind, string text);
}
