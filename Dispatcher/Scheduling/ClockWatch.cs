using System.Globalization;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Sees when the clock on the wall was set, by a clock that nobody can set. Nothing runs a second time because of it: what was considered
/// once is never considered again. But after a step back nothing is due until the clock has come to where it was, and people must know.
/// </summary>
internal sealed class ClockWatch(TimeProvider time)
{
    /// <summary>How an entry of the audit begins.</summary>
    private const string What = "clock";

    /// <summary>NTP turns a clock by less.</summary>
    private static readonly TimeSpan Worth = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Shown = TimeSpan.FromDays(1);

    private DateTimeOffset _wall = time.GetUtcNow();
    private long _steady = time.GetTimestamp();

    /// <summary>What happened to the clock since the last look, or null.</summary>
    public string? Look()
    {
        DateTimeOffset wall = time.GetUtcNow();
        long steady = time.GetTimestamp();
        TimeSpan set = wall - _wall - time.GetElapsedTime(_steady, steady);
        (_wall, _steady) = (wall, steady);
        if (set.Duration() < Worth) return null;
        var span = TimeSpan.FromSeconds(Math.Round(set.Duration().TotalSeconds));
        string by = span.ToString(span < TimeSpan.FromDays(1) ? "hh\\:mm\\:ss" : "d\\.hh\\:mm\\:ss", CultureInfo.InvariantCulture);
        return set < TimeSpan.Zero
            ? $"The clock of this machine was set back by {by}. What has run does not run again, and nothing new is due for that time. "
                + "Look at NTP."
            : $"The clock of this machine was set forward by {by}. What was due in between counts as missed. Look at NTP.";
    }

    /// <summary>Remembers it for everybody who looks.</summary>
    public static void Tell(LedgerSql sql, string text, DateTimeOffset now) =>
        Runs.Audit(sql, now, ProcessIdentity.Own.Split(':')[0], What, null, null, text);

    /// <summary>The last of a day, or null.</summary>
    public static (DateTimeOffset At, string Text)? Last(LedgerSql sql, DateTimeOffset now)
    {
        List<(DateTimeOffset At, string Text)> last = sql.Query(
            "SELECT at, reason FROM audit WHERE what = $what ORDER BY id DESC LIMIT 1",
            row => (row.Instant(0)!.Value, row.GetString(1)), ("$what", What));
        return last.Count == 1 && (now - last[0].At).Duration() < Shown ? last[0] : null;
    }
}
