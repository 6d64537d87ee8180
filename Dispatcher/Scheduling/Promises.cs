using System.Globalization;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Watches what was promised: a run that has not begun, one that will not be done in time, one that is not. Each tells people once, and a
/// miss that was foretold is not told again before the run's own end.
/// </summary>
internal sealed class Promises(IRunNews news)
{
    /// <summary>Raises what is due.</summary>
    public void Watch(LedgerSql sql, IReadOnlyList<RunRow> open, DateTimeOffset now)
    {
        foreach (RunRow run in open)
        {
            if (run.Started is null && run.StartBy <= now)
                Raise(sql, run, "not-started", $"It should have begun by {Text(run.StartBy)}, and waits: {run.Reason ?? "for its turn"}.", now);
            if (run.DeliverBy is not { } promise) continue;
            Forecast? forecast = run.Started is null ? null : Forecast.Of(sql, run, now);
            if (promise <= now)
                Raise(sql, run, "late", $"It was promised for {Text(promise)} and is not done{Expected(forecast)}.", now);
            else if (forecast is { } expected && expected.End - expected.Spread > promise)
                Raise(sql, run, "late", $"It is promised for {Text(promise)} and will not be done{Expected(forecast)}.", now);
        }
    }

    /// <summary>The next instant at which a promise is broken, or null.</summary>
    public static DateTimeOffset? Next(IReadOnlyList<RunRow> open, DateTimeOffset now) => open
        .SelectMany(run => new[] { run.Started is null ? run.StartBy : null, run.DeliverBy }).Where(instant => instant > now).Min();

    private static string Expected(Forecast? forecast) => forecast is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $": expected {forecast.End:u}, give or take {forecast.Spread.TotalMinutes:0} minutes");

    private static string Text(DateTimeOffset? instant) => string.Create(CultureInfo.InvariantCulture, $"{instant:u}");

    private void Raise(LedgerSql sql, RunRow run, string kind, string text, DateTimeOffset now)
    {
        if (Runs.Alarm(sql, run.Id, kind, text, now)) news.Alarm(sql, run, kind, text);
    }
}
