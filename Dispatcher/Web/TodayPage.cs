using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>The day over all pipelines: what was promised as bands, runs on them, predictions behind now.</summary>
internal static class TodayPage
{
    public static Html Write(TodayView view)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(view.Zone);
        var bars = new TimeBars(view.From, view.Until, zone);
        IEnumerable<Html> rows = view.Pipelines.Select(line => bars.Row(
            Html.Of($"<a href=\"/pipelines/{line.Name}\">{line.Name}</a>"), Bars(line, view.Now, zone), view.Now));
        return Html.Of(
            $"""
            <h1>Today</h1><p class="lead">{Shown.Text(view.From, zone)[..10]}, {view.Zone}, now {Shown.Time(view.Now, zone)}</p>
            {(view.Pipelines.Count == 0 ? Html.Of($"<p>Nothing is due today.</p>") : Html.Empty)}
            <div class="bars">{rows}{bars.Axis()}</div>
            <p class="legend"><span><i class="band"></i> promised</span> <span><i class="ahead"></i> expected</span>
            <span><i class="due"></i> due</span></p>
            """);
    }

    private static List<TimeBars.Bar> Bars(TodayLine line, DateTimeOffset now, TimeZoneInfo zone)
    {
        List<TimeBars.Bar> bands = [], works = [];
        foreach (PlannedView planned in line.Planned)
        {
            if (planned.DeliverBy is { } by) bands.Add(new("band", planned.Due, by, $"promised for {Shown.Text(by, zone)}", 0, 20));
            works.Add(new("due", planned.Due, planned.Due, $"due {Shown.Text(planned.Due, zone)}", 2, 18));
        }

        foreach ((RunRow run, ForecastView? forecast) in line.Runs.Select(pair => (pair.Run, pair.Forecast)))
        {
            if (run.DeliverBy is { } by) bands.Add(new("band", run.Due, by, $"{run.Slot} promised for {Shown.Text(by, zone)}", 0, 20));
            if (run.Started is not { } started)
            {
                works.Add(new(Shown.Class(run.State), run.Due, run.Due, $"{run.Slot} {Shown.Lower(run.State)}: {run.Reason}", 2, 18));
                continue;
            }

            DateTimeOffset end = run.Ended ?? now;
            works.Add(new(
                Shown.Class(run.State), started, end, $"{run.Slot} {Shown.Lower(run.State)}, {Shown.Span(end - started)}"));
            if (forecast is not null) works.Add(new("ahead", now, forecast.End, $"expected to end {Shown.Text(forecast.End, zone)}"));
        }

        return [.. bands, .. works];
    }
}
