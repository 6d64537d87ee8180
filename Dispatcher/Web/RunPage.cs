using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Mail;
using BatchScoring.Dispatcher.Scheduling;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>A run: its verdict, why, what took how long, what it said, who did what.</summary>
internal static class RunPage
{
    public static Html Write(RunView view, Pipeline definition, StepLog? log, Frame frame)
    {
        RunRow run = view.Run;
        TimeZoneInfo zone = Moment.ZoneOf(definition);
        return Html.Of(
            $"""
            <p class="crumb"><a href="/pipelines/{run.Pipeline}">{run.Pipeline}</a></p><h1>{run.Slot} {Shown.Badge(run.State)}</h1>
            {Verdict(view, zone)}{Act(view, frame)}
            <section aria-labelledby="steps"><h2 id="steps">Steps</h2>{Gantt(view, zone, frame.Now)}
            {view.Steps.Select(step => StepOf(step, run, zone))}</section>
            {view.Steps.Select(step => Report(step.Step, run))}
            {(log is null ? Html.Empty : LogPage.Tail(run, log, view.Steps.Any(step => step.Step.Name == log.Step && !step.Step.IsOver)))}
            <section aria-labelledby="facts"><h2 id="facts">Facts</h2>{Facts(view, zone)}</section>
            {Audit(view, zone)}
            """);
    }

    /// <summary>In the first lines: what happened, and why.</summary>
    private static Html Verdict(RunView view, TimeZoneInfo zone)
    {
        IEnumerable<Html> causes = view.Steps.Select(step => step.Step)
            .Where(step => step.State is StepState.Failed or StepState.Held or StepState.Late)
            .Select(step => Html.Of(
                $"<li><a href=\"#{step.Name}\">{step.Name}</a> {Shown.Badge(step.State)} {step.Text} <code>{step.Code}</code></li>"));
        IEnumerable<Html> alarms = view.Alarms.Select(alarm => Html.Of(
            $"<li><span class=\"badge late\">{alarm.Kind}</span> {alarm.Text}</li>"));
        return Html.Of(
            $"""
            {(view.Run.Reason is { Length: > 0 } reason ? Html.Of($"<p class=\"lead\">{reason}</p>") : Html.Empty)}
            {(view.Run.Short is { } shorter ? Html.Of($"<p class=\"lead\">{shorter}</p>") : Html.Empty)}
            {(view.Run.Cancel is { } cancel ? Html.Of($"<p class=\"lead\">{cancel}</p>") : Html.Empty)}
            {(view.Forecast is null ? Html.Empty : Html.Of($"<p class=\"lead\">{HomePage.Expected(view.Forecast, zone)}</p>"))}
            <ul class="causes">{causes}{alarms}</ul>
            """);
    }

    private static Html Act(RunView view, Frame frame)
    {
        if (view.Run.Ended is null)
            return Layout.Action(frame, $"{Shown.Href(view.Run)}/cancel", "Cancel the run", "why it must end", Html.Empty);
        if (view.Run.State == RunState.Skipped) return Html.Empty;
        IEnumerable<Html> options = view.Steps.Select(step => Html.Of($"<option>{step.Step.Name}</option>"));
        var from = Html.Of(
            $"<label>From <select name=\"from\"><option value=\"\">all that did not succeed</option>{options}</select></label>");
        return Layout.Action(frame, $"{Shown.Href(view.Run)}/retry", "Try again", "what has been mended", from);
    }

    private static Html Gantt(RunView view, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (view.Run.Started is not { } started) return Html.Of($"<p>It has not begun.</p>");
        DateTimeOffset end = view.Run.Ended ?? (view.Forecast?.End > now ? view.Forecast.End : now);
        var bars = new TimeBars(started, end > started ? end : started.AddSeconds(1), zone);
        IEnumerable<Html> rows = view.Steps.Select(step => bars.Row(
            Html.Of($"<a href=\"#{step.Step.Name}\">{step.Step.Name}</a>"), Bars(step, now), now));
        return Html.Of($"<div class=\"bars\">{rows}{bars.Axis()}</div>");
    }

    /// <summary>Attempts, and the waits between them.</summary>
    private static List<TimeBars.Bar> Bars(StepView step, DateTimeOffset now)
    {
        List<TimeBars.Bar> bars = [];
        DateTimeOffset? before = null;
        foreach (AttemptView attempt in step.Attempts)
        {
            if (before is { } ended)
                bars.Add(new("gap", ended, attempt.Started, $"waited {Shown.Span(attempt.Started - ended)} for the next attempt", 9, 11));
            DateTimeOffset end = attempt.Ended ?? now;
            string words = string.Create(
                CultureInfo.InvariantCulture, $"attempt {attempt.Attempt}: {attempt.State}, {Shown.Span(end - attempt.Started)}");
            bars.Add(new(attempt.State == "succeeded" ? "ok" : attempt.State, attempt.Started, end, words));
            before = attempt.Ended;
        }

        return bars;
    }

    private static Html StepOf(StepView view, RunRow run, TimeZoneInfo zone)
    {
        StepRow step = view.Step;
        AttemptView? last = view.Attempts.LastOrDefault();
        Html took = step is { Started: { } started, Ended: { } ended }
            ? Html.Of($" <small>{Shown.Span(ended - started)}</small>")
            : Html.Empty;
        Html share = last is { Ended: null, Share: { } part }
            ? Html.Of($" <progress max=\"1\" value=\"{part}\" aria-label=\"share done\">{100 * part} %</progress>")
            : Html.Empty;
        Html again = step is { State: StepState.Waiting, NotBefore: { } at }
            ? Html.Of($" <small>again at {Shown.Time(at, zone)}</small>")
            : Html.Empty;
        return Html.Of(
            $"""
            <article id="{step.Name}" class="step"><h3>{step.Name} {Shown.Badge(step.State)}{took}{again}{share}</h3>
            <p>{(step.State == StepState.Running ? last?.Text : step.Text)} <code>{step.Code}</code>
            {(step.Attempt > 0 ? Html.Of($"<a href=\"{LogPage.Href(run, step.Name)}\">Log</a>") : Html.Empty)}</p>
            {Figures(step)}{Attempts(view, zone)}</article>
            """);
    }

    private static Html Figures(StepRow step) => step.Figures is not { Count: > 0 } figures
        ? Html.Empty
        : Html.Of(
            $"""
            <details><summary>Figures: {figures.Count}</summary>
            {List(figures.Select(pair => (pair.Key, Html.Of($"{pair.Value?.ToString()}"))))}</details>
            """);

    /// <summary>While the run goes on, a link: the frame would load itself again and again.</summary>
    private static Html Report(StepRow step, RunRow run)
    {
        if (RunFigures.ReportsOf(step).LastOrDefault() is not { } report) return Html.Empty;
        string address = $"{Shown.Href(run)}/steps/{step.Name}/report";
        Html frame = run.Ended is null
            ? Html.Empty
            : Html.Of($"<iframe class=\"report\" sandbox loading=\"lazy\" src=\"{address}\" title=\"Report of {step.Name}\"></iframe>");
        return Html.Of(
            $"""
            <section aria-labelledby="report-{step.Name}"><h2 id="report-{step.Name}">Report of {step.Name}</h2>
            <p>{report.Title}: {report.Verdict.Headline} <a href="{address}">The report alone</a></p>{frame}</section>
            """);
    }

    private static Html Attempts(StepView view, TimeZoneInfo zone) => view.Attempts.Count < 2 && view.Attempts.All(a => a.Handle is null)
        ? Html.Empty
        : Html.Of(
            $"""
            <details><summary>Attempts: {view.Attempts.Count}</summary><table><thead><tr><th scope="col">No.</th><th scope="col">Began</th>
            <th scope="col">How it ended</th><th scope="col">Where</th></tr></thead><tbody>
            {view.Attempts.Select(attempt => AttemptOf(attempt, zone))}</tbody></table></details>
            """);

    private static Html AttemptOf(AttemptView attempt, TimeZoneInfo zone) => Html.Of(
        $"""
        <tr><td>{attempt.Attempt}</td><td>{Shown.Time(attempt.Started, zone)}</td>
        <td>{attempt.State} {attempt.Text} <code>{attempt.Code}</code></td><td>{attempt.Handle} fence {attempt.Fence}</td></tr>
        """);

    private static Html Facts(RunView view, TimeZoneInfo zone)
    {
        RunRow run = view.Run;
        IEnumerable<Html> revisions = view.Revisions.Select(other => Html.Of($"<a href=\"{Shown.Href(other)}\">r{other.Revision}</a> "));
        return List(
        [
            ("Run", Html.Of($"<code>{run.Id}</code>")),
            ("Made by", Html.Of($"{run.Trigger.Word()}")),
            .. new (string, DateTimeOffset?)[]
            {
                ("Due", run.Due), ("Not before", run.NotBefore), ("Start by", run.StartBy), ("Promised for", run.DeliverBy),
                ("Began", run.Started), ("Ended", run.Ended), ("Delivered", run.Delivered),
            }.Where(time => time.Item2 is not null).Select(time => (time.Item1, Shown.Time(time.Item2, zone))),
            ("Zone", Html.Of($"{zone.Id}")),
            .. run.Parameters.Select(pair => (pair.Key, Html.Of($"<code>{pair.Value?.ToString()}</code>"))),
            .. RunTrace.IsOn ? new[] { ("Trace", Html.Of($"<code>{RunTrace.IdOf(run)}</code>")) } : [],
            ("Definition", Html.Of($"<code>{run.Fingerprint[..12]}</code>")),
            ("Revisions", Html.Of($"{revisions}")),
        ]);
    }

    private static Html List(IEnumerable<(string Name, Html Value)> facts) => Html.Of(
        $"<dl class=\"facts\">{facts.Select(fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>"))}</dl>");

    private static Html Audit(RunView view, TimeZoneInfo zone)
    {
        IEnumerable<Html> rows = view.Audit.Select(row => Html.Of(
            $"<tr><td>{Shown.Time(row.At, zone)}</td><td>{row.Who}</td><td>{row.What}</td><td>{row.Reason}</td></tr>"));
        return view.Audit.Count == 0
            ? Html.Empty
            : Html.Of(
                $"""
                <section aria-labelledby="audit"><h2 id="audit">Who did what</h2><table><thead><tr><th scope="col">When</th>
                <th scope="col">Who</th><th scope="col">What</th><th scope="col">Why</th></tr></thead>
                <tbody>{rows}</tbody></table></section>
                """);
    }
}
