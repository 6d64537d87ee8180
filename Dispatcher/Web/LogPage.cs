using System.Globalization;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>What an attempt printed: its end, any part of it, and where a text stands in it.</summary>
internal static class LogPage
{
    public static Html Write(RunRow run, StepRow step, StepLog log, string? find, bool live)
    {
        IEnumerable<Html> attempts = Enumerable.Range(1, step.Attempt).Select(number => number == log.Attempt
            ? Html.Of($"<strong>attempt {number}</strong> ")
            : Html.Of($"<a href=\"{Href(run, step.Name)}?attempt={number}\">attempt {number}</a> "));
        return Html.Of(
            $"""
            <p class="crumb"><a href="{Shown.Href(run)}">{run.Id}</a></p><h1>Log of {step.Name} {Shown.Badge(step.State)}</h1>
            <p>On {log.Host}: {attempts}</p>
            {(log.Note is { } note ? Html.Of($"<p class=\"lead\">{note}</p>") : Parts(run, log, find, live))}
            """);
    }

    /// <summary>The log of a step as a run's page shows it.</summary>
    public static Html Tail(RunRow run, StepLog log, bool live) => Html.Of(
        $"""
        <section aria-labelledby="log"><h2 id="log">Log of {log.Step}, attempt {log.Attempt}, on {log.Host}</h2>
        <p>{(log.Note is { } note
            ? Html.Of($"{note}")
            : Html.Of($"{Where(log)} <a href=\"{Href(run, log.Step)}?attempt={log.Attempt}\">All of it</a>"))}</p>
        {Lines(run, log, live)}</section>
        """);

    public static string Href(RunRow run, string step) => $"{Shown.Href(run)}/steps/{step}/log";

    private static Html Parts(RunRow run, StepLog log, string? find, bool live)
    {
        string here = $"{Href(run, log.Step)}?attempt={log.Attempt.ToString(CultureInfo.InvariantCulture)}";
        return Html.Of(
            $"""
            <form class="pager" method="get" action="{Href(run, log.Step)}" role="search">
            <input type="hidden" name="attempt" value="{log.Attempt}">
            <label>Find <input type="search" name="find" value="{find}" maxlength="200"></label><button>Find</button></form>
            {Hits(here, log, find)}
            <nav class="pager" aria-label="Parts of the log">{Link(here, 0, log.From > 0, "start")}
            {Link(here, Math.Max(0, log.From - StepLogs.PageBytes), log.From > 0, "← earlier")}
            {Link(here, log.Until, log.Until < log.Size, "later →")}
            {Link(here, null, log.Until < log.Size, "end")}
            <a href="{Href(run, log.Step)}/bytes?attempt={log.Attempt}">Download</a> <small>{Where(log)}</small></nav>
            {Lines(run, log, live)}
            """);
    }

    private static Html Link(string here, long? from, bool there, string name) => !there
        ? Html.Of($"<span class=\"off\">{name}</span>")
        : from is { } offset ? Html.Of($"<a href=\"{here}&amp;from={offset}\">{name}</a>") : Html.Of($"<a href=\"{here}\">{name}</a>");

    private static Html Where(StepLog log) => Html.Of(
        $"{string.Create(CultureInfo.InvariantCulture, $"Bytes {log.From:N0} to {log.Until:N0} of {log.Size:N0}.")}");

    private static Html Hits(string here, StepLog log, string? find)
    {
        if (log.Hits is not { } hits) return Html.Empty;
        string sum = hits.Count switch
        {
            0 => $"No line has “{find}”.",
            1 => $"One line has “{find}”:",
            StepLog.MostHits => string.Create(CultureInfo.InvariantCulture, $"The first {hits.Count} lines with “{find}”:"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{hits.Count} lines have “{find}”:"),
        };
        IEnumerable<Html> rows = hits.Select(hit => Html.Of(
            $"<li><a href=\"{here}&amp;from={hit.Offset}\">line {hit.Line}</a> <code>{hit.Text}</code></li>"));
        return Html.Of($"<p>{sum}</p><ul class=\"hits\">{rows}</ul>");
    }

    /// <summary>What comes after the shown bytes is told by events, where the reader's browser runs the script.</summary>
    private static Html Lines(RunRow run, StepLog log, bool live)
    {
        if (log.Note is not null || (log.Text.Length == 0 && !live)) return Html.Empty;
        Html events = live
            ? Html.Of($" data-events=\"{Href(run, log.Step)}/events?attempt={log.Attempt}\" data-from=\"{log.Until}\"")
            : Html.Empty;
        return Html.Of($"<pre class=\"scroll log\" role=\"region\" tabindex=\"0\" aria-label=\"Log\"{events}>{log.Text}</pre>");
    }
}
