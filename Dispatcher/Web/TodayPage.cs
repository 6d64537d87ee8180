using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>The day over all pipelines: what was promised as bands, runs on them, predictions behind now.</summary>
internal static class TodayPage
{
    public static Html Write(TodayView view, Func<string, TimeZoneInfo> zoneOf)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(view.Zone);
        var bars = new TimeBars(view.From, view.Until, zone);
        IEnumerable<Html> rows = view.Pipelines.Select(line => bars.Row(
            Html.Of($"<a href=\"/pipelines/{line.Name}\">{line.Name}</a>"), Bars(line, view.Now, zone), view.Now));
        string title = view.Date == view.Today ? "Today" : Date(view.Date);
        Html now = view.Date == view.Today ? Html.Of($", now {Shown.Time(view.Now, zone)}") : Html.Empty;
        return Html.Of(
            $"""
            <h1>{title}</h1><p class="lead">{view.Date.DayOfWeek.ToString()} {Date(view.Date)}, {view.Zone}{now}</p>{Pager(view)}
            {(view.Pipelines.Count == 0 ? Html.Of($"<p>Nothing is due on this day.</p>") : Html.Of(
                $"""
                <div class="bars">{rows}{bars.Axis()}</div>
                <p class="legend"><span><i class="band"></i> promised</span> <span><i class="ahead"></i> expected</span>
                <span><i class="due"></i> due</span></p>
                """))}
            <section aria-labelledby="deadlines"><h2 id="deadlines">Promises</h2>{Promises(view, zoneOf)}</section>
            """);
    }

    private static Html Pager(TodayView view) => Html.Of(
        $"""
        <form class="pager" method="get" action="/today"><a href="/today?date={Date(view.Date.AddDays(-1))}">← day before</a>
        <label>Date <input type="date" name="date" value="{Date(view.Date)}"></label><button>Show</button>
        <a href="/today?date={Date(view.Date.AddDays(1))}">day after →</a>
        {(view.Date == view.Today ? Html.Empty : Html.Of($"<a href=\"/today\">today</a>"))}</form>
        """);

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Html Promises(TodayView view, Func<string, TimeZoneInfo> zoneOf) => view.Deadlines.Count == 0
        ? Html.Of($"<p>Nothing was promised for this day.</p>")
        : Html.Of(
            $"""
            <table class="lines"><thead><tr><th scope="col">Run</th><th scope="col">Promise</th><th scope="col">How it stands</th></tr></thead>
            <tbody>{view.Deadlines.Select(deadline => Promise(deadline, zoneOf(deadline.Pipeline), view.Now))}</tbody></table>
            """);

    private static Html Promise(DeadlineView deadline, TimeZoneInfo zone, DateTimeOffset now)
    {
        (string style, string word) = deadline.State switch
        {
            DeadlineState.Missed => ("failed", "missed"),
            DeadlineState.InDanger => ("late", "in danger"),
            DeadlineState.Kept => ("ok", "kept"),
            _ => ("wait", "ahead"),
        };
        string by = deadline.Done is { } done
            ? $"{Shown.Span((done - deadline.At).Duration())} {(done <= deadline.At ? "before" : "after")}"
            : Shown.Away(deadline.At - now);
        Html name = deadline.Run is { } run
            ? Html.Of($"<a href=\"/runs/{run}\">{run}</a>")
            : Html.Of($"<a href=\"/pipelines/{deadline.Pipeline}\">{deadline.Pipeline}</a> {deadline.Slot}");
        return Html.Of(
            $"""
            <tr><th scope="row">{name}</th><td>{(deadline.What == "start" ? "begun" : "delivered")} by {Shown.Time(deadline.At, zone)}</td>
            <td><span class="badge {style}">{word}</span> <small>{by}</small></td></tr>

            """);
    }

    private static List<TimeBars.Bar> Bars(TodayLine line, DateTimeOffset now, TimeZoneInfo zone)
    {
        List<TimeBars.Bar> bands = [], works = [];
        foreach (PlannedView planned in line.Planned)
        {
            if (planned.DeliverBy is { } by) bands.Add(new("band", planned.Due, by, $"promised for {Moment.Text(by, zone)}", 0, 20));
            works.Add(new("due", planned.Due, planned.Due, $"due {Moment.Text(planned.Due, zone)}", 2, 18));
        }

        foreach ((RunRow run, ForecastView? forecast) in line.Runs.Select(pair => (pair.Run, pair.Forecast)))
        {
            if (run.DeliverBy is { } by) bands.Add(new("band", run.Due, by, $"{run.Slot} promised for {Moment.Text(by, zone)}", 0, 20));
            if (run.Started is not { } started)
            {
                works.Add(new(Shown.Class(run.State), run.Due, run.Due, $"{run.Slot} {run.State.Word()}: {run.Reason}", 2, 18));
                continue;
            }

            DateTimeOffset end = run.Ended ?? now;
            works.Add(new(
                Shown.Class(run.State), started, end, $"{run.Slot} {run.State.Word()}, {Shown.Span(end - started)}"));
            if (forecast is not null) works.Add(new("ahead", now, forecast.End, $"expected to end {Moment.Text(forecast.End, zone)}"));
        }

        return [.. bands, .. works];
    }
}
