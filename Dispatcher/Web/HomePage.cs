using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Every pipeline in one line, what wants a person first.</summary>
internal static class HomePage
{
    public static Html Write(HomeView view) => view.Pipelines.Count == 0
        ? Html.Of(
            $"""
            <h1>Pipelines</h1><p>There is no pipeline yet. Put a file into the pipelines folder;
            <code>dispatcher check</code> looks at it.</p>
            """)
        : Html.Of(
            $"""
            <h1>Pipelines</h1>{Sum(view)}
            <table class="lines"><thead><tr><th scope="col">Pipeline</th><th scope="col">Last run</th><th scope="col">Next or promised</th>
            <th scope="col">Last 30, newest left</th></tr></thead><tbody>
            {view.Pipelines.Select(line => Row(line, view.Now))}</tbody></table>
            """);

    /// <summary>The last runs as squares: told by shape and word as well as colour.</summary>
    public static Html Squares(IReadOnlyList<RunRow> runs)
    {
        string[] words =
        [
            .. runs.GroupBy(run => run.State).OrderByDescending(group => group.Count())
                .Select(group => $"{group.Count()} {group.Key.Word()}"),
        ];
        if (runs.Count == 0) return Html.Of($"<small>no run yet</small>");
        IEnumerable<Html> squares = runs.Select(run => Html.Of($"<i class={Square(run.State)}></i>"));
        return Html.Of($"<span class=\"squares\" role=\"img\" aria-label=\"{string.Join(", ", words)}\">{squares}</span>");
    }

    private static Html Sum(HomeView view)
    {
        IEnumerable<KeyValuePair<RunState, int>> counts = view.Pipelines.Select(line => line.Last).OfType<RunRow>()
            .CountBy(run => run.State).OrderBy(pair => pair.Key);
        return Html.Of($"<p class=\"sum\">{counts.Select(pair => Html.Of($"{Shown.Badge(pair.Key)} {pair.Value} "))}</p>");
    }

    private static Html Row(PipelineLine line, DateTimeOffset now) => Html.Of(
        $"""
        <tr><th scope="row"><a href="/pipelines/{line.Name}">{line.Name}</a> <small>{line.Description}</small></th>
        <td>{Last(line)}</td><td>{Ahead(line, now)}</td>
        <td><a class="plain" href="/pipelines/{line.Name}">{Squares(line.Recent)}</a></td></tr>

        """);

    private static Html Last(PipelineLine line) => line.Last is not { } last
        ? Html.Of($"<small>no run yet</small>")
        : Html.Of($"<a href=\"{Shown.Href(last)}\">{last.Slot}</a> {Shown.Badge(last.State)}{Took(last)}{Why(last)}");

    private static Html Took(RunRow run) => run is { Started: { } started, Ended: { } ended }
        ? Html.Of($" <small>{Shown.Span(ended - started)}</small>")
        : Html.Empty;

    private static Html Why(RunRow run) =>
        run.Reason is { Length: > 0 } reason ? Html.Of($"<small class=\"why\">{reason}</small>") : Html.Empty;

    private static Html Ahead(PipelineLine line, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(line.Zone);
        if (line.Paused is { } paused) return Html.Of($"<span class=\"badge held\">paused</span> <small>{paused}</small>");
        if (line.Last is { Ended: null } last)
        {
            Html promised = last.DeliverBy is { } by
                ? Html.Of($"<span class=\"part\">promised for {Shown.TimeAndAway(by, zone, now)}</span>")
                : Html.Empty;
            return Html.Of($"<span class=\"part\">{Expected(line.Forecast, zone)}</span>{promised}");
        }

        return line.Next is { } next
            ? Html.Of($"{Shown.TimeAndAway(next, zone, now)} <small>{line.Zone}</small>")
            : Html.Of($"<small>only when somebody asks</small>");
    }

    /// <summary>When a run is expected to be done, with its uncertainty.</summary>
    public static Html Expected(ForecastView? forecast, TimeZoneInfo zone) => forecast is null
        ? Html.Empty
        : Html.Of($"done about {Shown.Time(forecast.End, zone)} ± {Shown.Span(TimeSpan.FromSeconds(forecast.SpreadSeconds))}");

    private static string Square(RunState state) => state switch
    {
        RunState.Ok => "o",
        RunState.Late => "l",
        RunState.Held => "h",
        RunState.Failed => "f",
        RunState.Cancelled => "c",
        RunState.Skipped => "s",
        RunState.Running => "r",
        _ => "w",
    };
}
