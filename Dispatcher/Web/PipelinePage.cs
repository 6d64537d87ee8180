using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Dates against steps, durations above them, a year below.</summary>
internal static class PipelinePage
{
    public static string Href(string pipeline) => $"/pipelines/{pipeline}";

    public static Html Write(PipelineView view, Pipeline pipeline, Frame frame)
    {
        PipelineLine line = view.Line;
        Html last = line.Last is { } run
            ? Html.Of($"<a href=\"{Shown.Href(run)}\">{run.Slot}</a> {Shown.Badge(run.State)}")
            : Html.Of($"none yet");
        string usual = view.MedianSeconds is { } median ? Shown.Span(TimeSpan.FromSeconds(median)) : "not known yet";
        return Html.Of(
            $"""
            <h1>{line.Name}</h1><p class="lead">{line.Description}</p>
            <dl class="facts"><div><dt>Schedule</dt><dd>{line.Schedule ?? "only when somebody asks"}</dd></div>
            <div><dt>Last run</dt><dd>{last}</dd></div><div><dt>Usual length</dt><dd>{usual}</dd></div></dl>
            <section aria-labelledby="why"><h2 id="why">Now</h2><ul>{view.Reasons.Select(reason => Html.Of($"<li>{reason}</li>"))}</ul>
            {PipelineActions.Write(pipeline, line, frame)}</section>
            <section aria-labelledby="grid"><h2 id="grid">Dates and steps</h2>{Pager(view)}{Grid(view)}</section>
            <section aria-labelledby="year"><h2 id="year">The year</h2>{YearCalendar.Write(view.Year)}</section>
            """);
    }

    private static Html Pager(PipelineView view) => Html.Of(
        $"""
        <form class="pager" method="get" action="/pipelines/{view.Line.Name}">
        {Arrow(view, view.Newer, "← newer")}
        <label>Date <input type="date" name="date" value="{Date(view.Runs.FirstOrDefault()?.Run.Date)}"></label>
        <button>Show</button>{Arrow(view, view.Older, "older →")}</form>
        """);

    private static Html Arrow(PipelineView view, DateOnly? date, string name) => date is null
        ? Html.Of($"<span class=\"off\">{name}</span>")
        : Html.Of($"<a href=\"/pipelines/{view.Line.Name}?date={Date(date)}\">{name}</a>");

    private static string Date(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static Html Grid(PipelineView view) => view.Runs.Count == 0
        ? Html.Of($"<p>No run on these dates.</p>")
        : Html.Of(
            $"""
            <div class="scroll" role="region" tabindex="0" aria-label="Table of dates and steps"><table class="grid"><thead>
            <tr class="lengths"><th scope="row">Duration</th>{view.Runs.Select(column => Bar(view, column.Run))}</tr>
            <tr><th scope="col">Step</th>{view.Runs.Select(column => Head(column.Run))}</tr></thead>
            <tbody>{view.Steps.Select(step => Row(view, step))}</tbody></table></div>
            """);

    private static Html Head(RunRow run) => Html.Of(
        $"<th scope=\"col\"><a href=\"{Shown.Href(run)}\"><span class=\"tilt\">{run.Slot}</span></a></th>");

    /// <summary>The height is the length; the line is what is usual.</summary>
    private static Html Bar(PipelineView view, RunRow run)
    {
        double longest = view.Runs.Select(column => Seconds(column.Run)).Append(view.MedianSeconds ?? 0).Max();
        double height = longest > 0 ? 40 * Seconds(run) / longest : 0;
        Html usual = view.MedianSeconds is { } median && longest > 0
            ? Html.Of($"<path class=\"usual\" d=\"M0 {40 - (40 * median / longest)}h20\"/>")
            : Html.Empty;
        string words = run.Started is null ? "not begun" : Shown.Span(TimeSpan.FromSeconds(Seconds(run)));
        return Html.Of(
            $"""
            <td><svg class="bar" viewBox="0 0 20 40" role="img" aria-label="{run.Slot}: {words}">
            <rect class="{Shown.Class(run.State)}" x="4" y="{40 - height}" width="12" height="{height}"/>{usual}</svg></td>
            """);
    }

    private static double Seconds(RunRow run) => run is { Started: { } started, Ended: { } ended } ? (ended - started).TotalSeconds : 0;

    private static Html Row(PipelineView view, string step) => Html.Of(
        $"<tr><th scope=\"row\">{step}</th>{view.Runs.Select(column => Cell(column, step))}</tr>\n");

    private static Html Cell(RunColumn column, string name)
    {
        Enum state = column.Steps.FirstOrDefault(step => step.Name == name) is { } step ? step.State : column.Run.State;
        string words = $"{name} {column.Run.Slot}: {state.Word()}", href = $"{Shown.Href(column.Run)}#{name}";
        return Html.Of(
            $"<td><a class=\"cell {Shown.Class(state)}\" href=\"{href}\" aria-label=\"{words}\">{Shown.Mark(state)}</a></td>");
    }
}
