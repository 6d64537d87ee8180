using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>What wants attention before or beside a run's end: each kind once per run.</summary>
internal sealed class Alarms(IRunNews news)
{
    /// <summary>It should have begun, and has not.</summary>
    public const string NotStarted = "not-started";

    /// <summary>It will not be done in time, or is not.</summary>
    public const string Late = "late";

    /// <summary>It was not begun, because it could not have been done in time.</summary>
    public const string CannotEnd = "cannot-end";

    /// <summary>It goes the shorter way.</summary>
    public const string ShortOfTime = "short-of-time";

    /// <summary>It takes much longer than the runs before it.</summary>
    public const string TooLong = "too-long";

    /// <summary>It was done much sooner than the runs before it.</summary>
    public const string TooShort = "too-short";

    /// <summary>Writes it down and tells people, where that was not done before.</summary>
    public void Raise(LedgerSql sql, RunRow run, string kind, string text, DateTimeOffset now)
    {
        if (Runs.Alarm(sql, run.Id, kind, text, now)) news.Alarm(sql, run, kind, text);
    }
}
