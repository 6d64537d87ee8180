using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>
/// Knows whether anybody leads, also in another process: the leader's beat in the ledger moves. Nothing here looks at the calendar.
/// </summary>
internal sealed class LeaderWatch(TimeProvider time)
{
    /// <summary>Longer than a leader is ever silent.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private (long Fence, long Beat, long Since)? _seen;

    /// <summary>Looks; what is wrong, or null.</summary>
    public string? Trouble(LedgerSql sql)
    {
        (string? holder, long fence, long beat) = sql.Query(
            "SELECT holder, fence, beat FROM lease", row => (row.Text(0), row.GetInt64(1), row.GetInt64(2)))[0];
        long now = time.GetTimestamp();
        if (_seen is not { } seen || seen.Fence != fence || seen.Beat != beat) _seen = (fence, beat, now);
        if (holder is null) return "No dispatcher leads: nothing is started. Start one: dispatcher serve";
        return time.GetElapsedTime(_seen.Value.Since, now) < Silence
            ? null
            : $"The leader {holder} has said nothing for {Shown.Span(time.GetElapsedTime(_seen.Value.Since, now))}: nothing is started.";
    }
}
