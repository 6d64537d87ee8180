using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>When a run will be done, by the runs before it.</summary>
/// <param name="End">The expected end: what earlier runs took, in the middle; no earlier than now.</param>
/// <param name="Spread">Half of the span in which eight of ten earlier runs lay.</param>
internal sealed record Forecast(DateTimeOffset End, TimeSpan Spread)
{
    /// <summary>From fewer runs nothing is foretold.</summary>
    private const int FewestRuns = 3;

    private const int Looked = 30;

    /// <summary>The forecast, or null where too few runs are known.</summary>
    public static Forecast? Of(LedgerSql sql, RunRow run, DateTimeOffset now)
    {
        if (run.Started is not { } started) return null;
        List<TimeSpan> took = Durations(sql, run.Pipeline);
        if (took.Count < FewestRuns) return null;
        TimeSpan middle = took[took.Count / 2], spread = (took[^(1 + (took.Count / 10))] - took[took.Count / 10]) / 2;
        DateTimeOffset end = started + middle;
        return new Forecast(end > now ? end : now, spread);
    }

    /// <summary>What the last good runs of a pipeline took, in order of length.</summary>
    public static List<TimeSpan> Durations(LedgerSql sql, string pipeline) => sql.Query(
        """
        SELECT took FROM (SELECT delivered - started AS took FROM runs
            WHERE pipeline = $pipeline AND state IN ('ok', 'late') AND delivered IS NOT NULL ORDER BY ended DESC LIMIT $looked)
        ORDER BY took
        """,
        row => TimeSpan.FromMilliseconds(row.GetInt64(0)), ("$pipeline", pipeline), ("$looked", Looked));
}
