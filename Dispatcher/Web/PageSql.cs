using System.Globalization;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Questions that only pages ask the ledger.</summary>
internal static class PageSql
{
    /// <summary>A year of a pipeline that runs every quarter of an hour has more; the calendar shows dates.</summary>
    public const int MostRuns = 500;

    /// <summary>The newest runs up to a date, one for each slot: its highest revision.</summary>
    public static List<RunRow> Newest(LedgerSql sql, string pipeline, DateOnly until, int count) => sql.Query(
        $"""
        SELECT {RunRow.Columns} FROM runs AS run WHERE pipeline = $pipeline AND date <= $until
            AND revision = (SELECT max(revision) FROM runs WHERE pipeline = run.pipeline AND slot = run.slot)
        ORDER BY date DESC, slot DESC LIMIT $count
        """,
        RunRow.Read, ("$pipeline", pipeline), ("$until", until), ("$count", count));

    /// <summary>The date up to which the page of newer runs goes, or null where there is none.</summary>
    public static DateOnly? PageAfter(LedgerSql sql, string pipeline, DateOnly date, int count)
    {
        List<string> newer = sql.Query(
            "SELECT date FROM runs WHERE pipeline = $pipeline AND date > $date ORDER BY date LIMIT $count",
            row => row.GetString(0), ("$pipeline", pipeline), ("$date", date), ("$count", count));
        return newer.Count == 0 ? null : DateOnly.ParseExact(newer[^1], "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    /// <summary>The worst of every date since one, in order.</summary>
    public static List<DayView> Days(LedgerSql sql, string pipeline, DateOnly since) =>
    [
        .. sql.Query(
            "SELECT date, state FROM runs WHERE pipeline = $pipeline AND date >= $since ORDER BY date DESC, revision LIMIT 40000",
            row => (Date: row.GetString(0), State: Enum.Parse<RunState>(row.GetString(1), ignoreCase: true)),
            ("$pipeline", pipeline), ("$since", since))
            .GroupBy(run => run.Date, StringComparer.Ordinal)
            .Select(group => new DayView(
                DateOnly.ParseExact(group.Key, "yyyy-MM-dd", CultureInfo.InvariantCulture), group.Select(run => run.State).MaxBy(Weight)))
            .OrderBy(day => day.Date),
    ];

    public static ILookup<string, AttemptView> Attempts(LedgerSql sql, string run) => sql.Query(
        """
        SELECT step, attempt, fence, state, started, ended, handle, share, code, text FROM attempts WHERE run = $run ORDER BY step, attempt
        """,
        row => (Step: row.GetString(0), Attempt: new AttemptView(
            row.GetInt32(1), row.GetInt64(2), row.GetString(3), row.Instant(4)!.Value, row.Instant(5), row.Text(6),
            row.IsDBNull(7) ? null : row.GetDouble(7), row.Text(8), row.Text(9))),
        ("$run", run)).ToLookup(pair => pair.Step, pair => pair.Attempt, StringComparer.Ordinal);

    /// <summary>True for an attempt that nothing more comes of.</summary>
    public static bool HasEnded(LedgerSql sql, string run, string step, int attempt) => sql.Scalar(
        "SELECT 1 FROM attempts WHERE run = $run AND step = $step AND attempt = $attempt AND ended IS NULL",
        ("$run", run), ("$step", step), ("$attempt", attempt)) is null;

    public static List<AlarmView> Alarms(LedgerSql sql, string run) => sql.Query(
        "SELECT run, kind, raised, text FROM alarms WHERE run = $run ORDER BY raised", Alarm, ("$run", run));

    /// <summary>Alarms of runs that have not ended.</summary>
    public static List<AlarmView> OpenAlarms(LedgerSql sql) => sql.Query(
        """
        SELECT alarms.run, kind, raised, text FROM runs JOIN alarms ON alarms.run = runs.id WHERE runs.ended IS NULL ORDER BY raised
        """,
        Alarm);

    public static List<AuditView> Audit(LedgerSql sql, string run) => sql.Query(
        "SELECT at, who, what, pipeline, run, reason FROM audit WHERE run = $run ORDER BY id",
        row => new AuditView(row.Instant(0)!.Value, row.GetString(1), row.GetString(2), row.Text(3), row.Text(4), row.Text(5)),
        ("$run", run));

    /// <summary>Every run of the same slot.</summary>
    public static List<RunRow> Revisions(LedgerSql sql, RunRow run) => sql.Query(
        $"SELECT {RunRow.Columns} FROM runs WHERE pipeline = $pipeline AND slot = $slot ORDER BY revision", RunRow.Read,
        ("$pipeline", run.Pipeline), ("$slot", run.Slot));

    /// <summary>Runs that were due, or went on, in a span.</summary>
    public static List<RunRow> Touching(LedgerSql sql, DateTimeOffset from, DateTimeOffset until) => sql.Query(
        $"""
        SELECT {RunRow.Columns} FROM runs WHERE ended IS NULL AND due < $until
        UNION SELECT {RunRow.Columns} FROM runs WHERE date >= $day AND coalesce(ended, due) >= $from AND due < $until
        ORDER BY due, id LIMIT $count
        """,
        RunRow.Read, ("$from", from), ("$until", until), ("$day", DateOnly.FromDateTime(from.UtcDateTime).AddDays(-3)),
        ("$count", MostRuns));

    private static AlarmView Alarm(Microsoft.Data.Sqlite.SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.Instant(2)!.Value, row.GetString(3));

    private static int Weight(RunState state) => state switch
    {
        RunState.Failed => 7,
        RunState.Held => 6,
        RunState.Late => 5,
        RunState.Cancelled => 4,
        RunState.Running => 3,
        RunState.Queued => 2,
        RunState.Ok => 1,
        _ => 0,
    };
}
