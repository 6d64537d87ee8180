using System.Globalization;
using BatchScoring.Dispatcher.Ledger;

namespace BatchScoring.Dispatcher.Web;

/// <summary>A year of days, a column for each week: what went well is quiet, all else has a shape of its own.</summary>
internal static class YearCalendar
{
    private const int Cell = 14;

    public static Html Write(IReadOnlyList<DayView> days)
    {
        if (days.Count == 0) return Html.Of($"<p>No run yet.</p>");
        DateOnly first = days[0].Date.AddDays(-Weekday(days[0].Date));
        int weeks = ((days.Max(day => day.Date).DayNumber - first.DayNumber) / 7) + 1;
        string told = string.Join(", ", days.GroupBy(day => day.State).OrderByDescending(group => group.Count())
            .Select(group => $"{group.Count()} {Word(group.Key)}"));
        IEnumerable<Html> months = days.Select(day => day.Date).Where(date => date.Day <= 7 && Weekday(date) == 0).Distinct()
            .Select(date => (X: Cell * ((date.DayNumber - first.DayNumber) / 7), Name: date.ToString("MMM", CultureInfo.InvariantCulture)))
            .Select(month => Html.Of($"<text x=\"{month.X}\" y=\"10\">{month.Name}</text>"));
        return Html.Of(
            $"""
            <div class="scroll newest" role="region" tabindex="0" aria-label="Calendar of the year">
            <svg class="year" width="{Cell * weeks}" height="{(Cell * 7) + 16}" role="img" aria-label="{told}">
            {months}{days.Select(day => Day(day, first))}</svg></div><p class="legend">{Legend()}</p>
            """);
    }

    private static Html Day(DayView day, DateOnly first)
    {
        int x = Cell * ((day.Date.DayNumber - first.DayNumber) / 7), y = 16 + (Cell * Weekday(day.Date));
        string date = day.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return Html.Of($"<g class=\"{Style(day.State)}\"><title>{date} {Word(day.State)}</title>{Shape(day.State, x, y)}</g>");
    }

    private static IEnumerable<Html> Legend() =>
        new RunState?[] { RunState.Ok, RunState.Late, RunState.Held, RunState.Failed, RunState.Cancelled, RunState.Skipped, null }
            .Select(state => Html.Of(
                $"""
                <span><svg class="year" width="14" height="14" aria-hidden="true"><g class="{Style(state)}">{Shape(state, 0, 0)}</g></svg>
                {Word(state)}</span>
                """));

    private static Html Shape(RunState? state, int x, int y) => state switch
    {
        RunState.Failed => Html.Of($"<path d=\"M{x + 2} {y + 2}l9 9m0 -9l-9 9\"/>"),
        RunState.Late => Html.Of($"<path d=\"M{x + 1} {y + 11}h11l-5.5 -10z\"/>"),
        RunState.Held => Html.Of($"<path d=\"M{x + 2} {y + 1}h3v11h-3zM{x + 8} {y + 1}h3v11h-3z\"/>"),
        RunState.Cancelled => Html.Of($"<path d=\"M{x + 1} {y + 5}h11v3h-11z\"/>"),
        RunState.Skipped => Html.Of($"<circle cx=\"{x + 6.5}\" cy=\"{y + 6.5}\" r=\"2\"/>"),
        null => Html.Of($"<rect x=\"{x + 1.5}\" y=\"{y + 1.5}\" width=\"10\" height=\"10\"/>"),
        _ => Html.Of($"<rect x=\"{x + 1}\" y=\"{y + 1}\" width=\"11\" height=\"11\"/>"),
    };

    private static string Style(RunState? state) => state is { } known ? Shown.Class(known) : "planned";

    private static string Word(RunState? state) => state is { } known ? known.Word() : "planned";

    /// <summary>0 for Monday.</summary>
    private static int Weekday(DateOnly date) => ((int)date.DayOfWeek + 6) % 7;
}
