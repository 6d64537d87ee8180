using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Scheduling;

/// <summary>
/// Watches what was promised and what is usual: a run that has not begun, one that will not be done in time, one that is not, one that goes
/// on much longer than others or was done much sooner. Each tells people once, and a miss that was foretold is not told again before the
/// run's own end.
/// </summary>
internal sealed class Promises(Definitions definitions, IRunNews news)
{
    private readonly Alarms _alarms = new(news);

    /// <summary>From fewer earlier runs nobody knows what is usual.</summary>
    private const int FewestRuns = 10;

    /// <summary>A run is not too long before it is this much over the usual: seconds that became minutes wake nobody.</summary>
    private static readonly TimeSpan WorthTelling = TimeSpan.FromMinutes(5);

    /// <summary>Where less than this is usual, nobody can tell by its length whether a run did its work.</summary>
    private static readonly TimeSpan ShortestWork = TimeSpan.FromMinutes(1);

    /// <summary>Raises what is due.</summary>
    public void Watch(LedgerSql sql, IReadOnlyList<RunRow> open, DateTimeOffset now)
    {
        foreach (RunRow run in open)
        {
            Pipeline pipeline = definitions.Of(sql, run);
            if (run.Started is null && run.StartBy is { } by && by <= now)
            {
                _alarms.Raise(sql, run, Alarms.NotStarted,
                    $"It should have begun by {Moment.Text(by, pipeline)}, and waits: {run.Reason ?? "for its turn"}.", now);
            }

            WatchLength(sql, run, now);
            if (run.DeliverBy is not { } promise) continue;
            Forecast? forecast = run.Started is null ? null : Forecast.Of(sql, pipeline, run, now);
            string when = Moment.Text(promise, pipeline), end = Expected(forecast, pipeline);
            if (promise <= now)
                _alarms.Raise(sql, run, Alarms.Late, $"It was promised for {when} and is not done{end}.", now);
            else if (run.Short is null && forecast is { } expected && expected.End - expected.Spread > promise)
                _alarms.Raise(sql, run, Alarms.Late, $"It is promised for {when} and will not be done{end}.", now);
        }
    }

    /// <summary>The next instant at which a promise is broken, or null.</summary>
    public static DateTimeOffset? Next(IReadOnlyList<RunRow> open, DateTimeOffset now) => open
        .SelectMany(run => new[] { run.Started is null ? run.StartBy : null, run.DeliverBy }).Where(instant => instant > now).Min();

    /// <summary>A good run that took less than half of the shortest before it may not have done its work.</summary>
    public static void LookBack(LedgerSql sql, RunRow run, DateTimeOffset? delivered, Alarms alarms, DateTimeOffset now)
    {
        List<TimeSpan> took = Forecast.Durations(sql, run.Pipeline);
        if (run.Short is not null || took.Count < FewestRuns || Forecast.Middle(took) < ShortestWork) return;
        if (delivered - run.Started is { } own && own < took[0] / 2)
        {
            alarms.Raise(sql, run, Alarms.TooShort,
                $"It was done after {own:hh\\:mm\\:ss}; {Usual(took)}. See whether it had all of its input.", now);
        }
    }

    private void WatchLength(LedgerSql sql, RunRow run, DateTimeOffset now)
    {
        if (now - run.Started is not { } elapsed || elapsed < WorthTelling) return;
        List<TimeSpan> took = Forecast.Durations(sql, run.Pipeline);
        if (took.Count < FewestRuns || elapsed < took[^1] || elapsed < Forecast.Middle(took) * 2
            || elapsed < Forecast.Middle(took) + WorthTelling) return;
        _alarms.Raise(sql, run, Alarms.TooLong, $"It has gone on for {elapsed:hh\\:mm\\:ss}; {Usual(took)}.", now);
    }

    private static string Usual(List<TimeSpan> took) => string.Create(CultureInfo.InvariantCulture,
        $"the last {took.Count} good runs took {took[0]:hh\\:mm\\:ss} to {took[^1]:hh\\:mm\\:ss}");

    private static string Expected(Forecast? forecast, Pipeline pipeline) => forecast is null
        ? ""
        : string.Create(CultureInfo.InvariantCulture,
            $": expected {Moment.Text(forecast.End, pipeline)}, give or take {forecast.Spread.TotalMinutes:0} minutes");
}
