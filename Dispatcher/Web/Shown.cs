using System.Globalization;
using BatchScoring.Dispatcher.Ledger;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Dispatcher.Web;

/// <summary>Times, spans and verdicts as pages write them.</summary>
internal static class Shown
{
    public static Html Time(DateTimeOffset? instant, TimeZoneInfo zone) =>
        instant is { } at ? Time(TimeZoneInfo.ConvertTime(at, zone)) : Html.Of($"–");

    /// <summary>An instant on the clock that it came with.</summary>
    public static Html Time(DateTimeOffset at) => Html.Of(
        $"""
        <time datetime="{at.UtcDateTime.ToString("s", CultureInfo.InvariantCulture)}Z">{Moment.Text(at)}</time>
        """);

    /// <summary>With how far away it is.</summary>
    public static Html TimeAndAway(DateTimeOffset instant, TimeZoneInfo zone, DateTimeOffset now) =>
        Html.Of($"{Time(instant, zone)} <small>{Away(instant - now)}</small>");

    public static string Away(TimeSpan span) => span < TimeSpan.Zero ? $"{Span(-span)} ago" : $"in {Span(span)}";

    /// <summary>Two units are enough: <c>2 h 05 min</c>.</summary>
    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0} s"),
        { TotalMinutes: < 60 and >= 10 } => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0} min"),
        { TotalMinutes: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds:00} s"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes:00} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
    };

    /// <summary>A verdict by colour, shape and word.</summary>
    public static Html Badge(Enum state) => Html.Of($"<span class=\"badge {Class(state)}\">{state.Word()}</span>");

    /// <summary>The style of a state: runs and steps share the words.</summary>
    public static string Class(Enum state) => state switch
    {
        RunState.Ok or StepState.Succeeded => "ok",
        RunState.Queued or StepState.Waiting => "wait",
        _ => state.Word(),
    };

    /// <summary>One letter for small places.</summary>
    public static string Mark(Enum state) => state switch
    {
        RunState.Ok or StepState.Succeeded => "✓",
        RunState.Late or StepState.Late => "L",
        RunState.Held or StepState.Held => "H",
        RunState.Failed or StepState.Failed => "✕",
        RunState.Cancelled or StepState.Cancelled => "C",
        RunState.Skipped or StepState.Skipped => "–",
        RunState.Running or StepState.Running => "▸",
        _ => "·",
    };

    /// <summary>A run's page.</summary>
    public static string Href(RunRow run) => $"/runs/{run.Id}";
}
