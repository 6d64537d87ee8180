using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What can be asked of a pipeline, as forms; nothing for those who only look.</summary>
internal static class PipelineActions
{
    public static Html Write(Pipeline pipeline, PipelineLine line, Frame frame)
    {
        if (frame.Visitor is null) return Html.Empty;
        string address = PipelinePage.Href(pipeline.Name);
        string today = Date(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(frame.Now, Moment.ZoneOf(pipeline)).DateTime));
        return Html.Of(
            $"""
            {(line.Paused is null
                ? Layout.Action(frame, address + "/pause", "Pause", "why nothing should start", Html.Empty)
                : Layout.Action(frame, address + "/resume", "Resume", "why it may start again", Html.Empty))}
            <details><summary>Run a date now</summary>{Layout.Action(frame, address + "/run", "Run", "why now", Html.Of(
                $"""
                {Day("date", "Date", today)}{pipeline.Parameters.Select(Parameter)}
                <label><input type="checkbox" name="revision" value="yes"> once more, beside what is there</label>
                """))}</details>
            <details><summary>Run the dates of a span that have no run</summary>
            <form method="get" action="{address}/backfill" class="act">{Day("from", "From", "")}{Day("to", "To", "")}
            <button>Show which</button></form></details>
            <details><summary>Leave a date out</summary>
            {Layout.Action(frame, address + "/skip", "Leave out", "why", Day("date", "Date", ""))}</details>
            """);
    }

    /// <summary>What a backfill would ask for, and the form that asks for it.</summary>
    public static Html Plan(Pipeline pipeline, DateOnly from, DateOnly to, IReadOnlyList<RunRow> runs, Frame frame)
    {
        string address = PipelinePage.Href(pipeline.Name);
        var span = Html.Of(
            $"<input type=\"hidden\" name=\"from\" value=\"{Date(from)}\"><input type=\"hidden\" name=\"to\" value=\"{Date(to)}\">");
        string sum = runs.Count == 0
            ? "Every date that the timetable has in this span has a run already: there is nothing to ask for."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Runs that would be asked for: {runs.Count}. They run one after the other; what is due goes first.");
        return Html.Of(
            $"""
            <p class="crumb"><a href="{address}">{pipeline.Name}</a></p><h1>Backfill from {Date(from)} to {Date(to)}</h1>
            <p class="lead">{sum}</p>
            {(runs.Count == 0 ? Html.Empty : Layout.Action(frame, address + "/backfill", "Ask for them", "why", span))}
            <ul class="ids">{runs.Select(run => Html.Of($"<li>{run.Id}</li>"))}</ul>
            """);
    }

    private static Html Day(string name, string label, string value) =>
        Html.Of($"<label>{label} <input type=\"date\" name=\"{name}\" value=\"{value}\" required></label>");

    private static Html Parameter(KeyValuePair<string, string> parameter) => Html.Of(
        $"<label>{parameter.Key} <input name=\"set.{parameter.Key}\" value=\"{parameter.Value}\" maxlength=\"1000\"></label>");

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
