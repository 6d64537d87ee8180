using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What goes on, what waits, and for what.</summary>
internal static class QueuePage
{
    public static Html Write(QueueView view, Func<string, TimeZoneInfo> zone) => Html.Of(
        $"""
        <h1>Queue</h1>
        {view.Maintenance.Select(Span)}
        <section aria-labelledby="going"><h2 id="going">Goes on</h2>{Running(view, zone)}</section>
        <section aria-labelledby="waiting"><h2 id="waiting">Waits</h2>{Waiting(view, zone)}</section>
        """);

    private static Html Running(QueueView view, Func<string, TimeZoneInfo> zone) => view.Running.Count == 0
        ? Html.Of($"<p>Nothing.</p>")
        : Html.Of(
            $"""
            <table><thead><tr><th scope="col">Run</th><th scope="col">At</th><th scope="col">Began</th></tr></thead><tbody>
            {view.Running.Select(column => Row(column.Run, At(column), Shown.Time(column.Run.Started, zone(column.Run.Pipeline))))}
            </tbody></table>
            """);

    private static Html Span(Scheduling.Maintenance span) => Html.Of(
        $"""
        <p class="lead">Maintenance from {Shown.Time(span.From)} until {Shown.Time(span.Until)}:
        {span.Reason}</p>
        """);

    private static Html Row(RunRow run, string text, Html time) => Html.Of(
        $"<tr><th scope=\"row\"><a href=\"{Shown.Href(run)}\">{run.Id}</a></th><td>{text}</td><td>{time}</td></tr>");

    private static string At(RunColumn column) =>
        string.Join(", ", column.Steps.Where(step => step.State == StepState.Running).Select(step => step.Name));

    private static Html Waiting(QueueView view, Func<string, TimeZoneInfo> zone) => view.Waiting.Count == 0
        ? Html.Of($"<p>Nothing.</p>")
        : Html.Of(
            $"""
            <table><thead><tr><th scope="col">Run</th><th scope="col">For what</th><th scope="col">Due</th></tr></thead><tbody>
            {view.Waiting.Select(run => Row(run, run.Reason ?? "its turn", Shown.Time(run.Due, zone(run.Pipeline))))}
            </tbody></table>
            """);
}
