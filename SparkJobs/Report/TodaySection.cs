using System.Globalization;
using BatchScoring.Reporting;
using BatchScoring.SparkJobs.Score;

namespace BatchScoring.SparkJobs.Report;

/// <summary>Today beside the last date before it that has scores, with the days between.</summary>
internal static class TodaySection
{
    public static ReportComparison Create(ScoreDay today, IReadOnlyList<ScoreDay> earlier, CreditPolicy? policy, ScoreDetails? details)
    {
        ScoreDay? before = earlier.Count > 0 ? earlier[0] : null;
        int span = earlier.Count > 0 ? today.Date.DaysSince(earlier[^1].Date) : 0;
        // Oldest first, today last; days without scores stay empty.
        ScoreDay?[] days = [.. Enumerable.Range(0, span + 1).Reverse()
            .Select(ago => ago == 0 ? today : earlier.FirstOrDefault(day => day.Date.Day == today.Date.Day.AddDays(-ago)))];

        ReportTrend Count(string name, Func<ScoreDay, double?> of) => Trend(name, of, value => Text(value, "N0"), Relative);
        ReportTrend Share(string name, Func<ScoreDay, double?> of) =>
            Trend(name, of, value => Text(100 * value, "0.0 '%'"), (a, b) => Signed(100 * (a - b), "0.0", " points"));
        ReportTrend Score(string name, Func<ScoreDay, double?> of) => Trend(name, of, value => Text(value, Math.Abs(value) >= 1000
            ? "N0"
            : "0.0000"), today.Statistics.Columns.Any(column => column.Histogram is null)
                ? Relative : (a, b) => Signed(a - b, "0.0000", ""));
        ReportTrend Trend(string name, Func<ScoreDay, double?> of, Func<double, string> text, Func<double, double, string> change)
        {
            double? now = of(today), then = before is null ? null : of(before);
            return new ReportTrend(name, now is { } value ? text(value) : "—", now is { } a && then is { } b ? change(a, b) : null,
                then is { } earlierValue ? text(earlierValue) : null, [.. days.Select(day => day is null ? null : of(day))]);
        }

        List<ReportTrend> rows = [Count("Rows scored", day => day.Record.RowsOut), Share("Set aside", day => day.SetAside)];
        if (today.Score is not null)
        {
            rows.Add(Score("Mean score", day => day.Mean));
            rows.AddRange([Score("5 % quantile", day => day.Quantile(0.05)), Score("Median", day => day.Quantile(0.5)),
                Score("95 % quantile", day => day.Quantile(0.95))]);
        }
        else
        {
            rows.AddRange(today.Statistics.Columns.Take(20).Select((column, i) => Score(
                details?.Classes is null ? $"Mean {column.Column}" : $"Mean of {ScoreNames.Of(column, details, i)}",
                day => day.Statistics.Columns.FirstOrDefault(other => other.Column == column.Column) is { Count: > 0 } found
                    ? found.Sum / found.Count : null)));
        }

        if (policy?.CutOff is { } cut && today.Histogram is not null)
            rows.Add(Share(string.Create(CultureInfo.InvariantCulture, $"At or above the cut-off {cut}"), day => day.ShareFrom(cut)));
        return new ReportComparison("Today beside " + (before is null ? "earlier days" : Named(before, today)), Day(today), before is null
            ? null : Day(before),
            span == 1 ? "1 day" : $"{span} days", rows, Note(today, before));
    }

    private static string? Note(ScoreDay today, ScoreDay? before)
    {
        if (before is null)
            return $"No scores of the {ScoreHistory.Days} days before are in this root: there is nothing to compare with yet.";
        return today.Record.Model?.Sha256 == before.Record.Model?.Sha256 ? null
            : $"Another model scored then: {before.Record.Model?.Name}, version {before.Record.Model?.Version}.";
    }

    private static string Named(ScoreDay before, ScoreDay today) =>
        before.Date.Day == today.Date.Day.AddDays(-1) ? "yesterday" : "the last day with scores";

    private static string Day(ScoreDay day) => day.Date.ToString();

    private static string Relative(double now, double then) => then == 0 ? "" : Signed(100 * (now - then) / Math.Abs(then), "0.0", " %");

    private static string Signed(double value, string format, string unit)
    {
        string size = Math.Abs(value).ToString(format, CultureInfo.InvariantCulture);
        return (double.Parse(size, CultureInfo.InvariantCulture) == 0 ? "±" : value > 0 ? "+" : "−") + size + unit;
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
}
