using System.Globalization;

namespace BatchScoring.Reporting;

/// <summary>Today beside yesterday, with a line of the last days behind each measure.</summary>
internal static class HtmlTrends
{
    private const double Width = 120;
    private const double Height = 28;
    private const double Inset = 4;

    public static void Write(HtmlBuilder html, Report report)
    {
        if (report.Today is not { } today) return;
        html.Open("section", ("aria-labelledby", "today")).Element("h2", today.Title, ("id", "today"));
        if (today.Note is { } note) html.Element("p", note, ("class", "note"));
        html.Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", today.Title))
            .Open("table", ("class", "trends")).Line().Element("caption", today.Title).Open("thead").Open("tr")
            .Element("th", "Measure", ("scope", "col")).Element("th", today.Now, ("scope", "col"), ("class", "number"));
        bool before = today.Before is not null, lines = today.Rows.Any(HasLine);
        if (before) html.Element("th", today.Before!, ("scope", "col"), ("class", "number"));
        if (lines) html.Element("th", today.Period, ("scope", "col"), ("class", "line"));
        html.Close("tr").Close("thead").Open("tbody").Line();
        foreach (ReportTrend trend in today.Rows) Row(html, trend, before, lines, today.Period);
        html.Close("tbody").Close("table").Close("div");
        if (lines) HtmlTables.Folded(html, "Show the days as table", Days(today));
        html.Close("section").Line();
    }

    private static void Row(HtmlBuilder html, ReportTrend trend, bool before, bool lines, string period)
    {
        html.Open("tr").Element("th", trend.Name, ("scope", "row")).Open("td", ("class", "number")).Element("strong", trend.Now);
        if (trend.Change is { } change) html.Open("span", ("class", "change")).Text(change).Close("span");
        html.Close("td");
        if (before) html.Element("td", trend.Before ?? "—", ("class", "number"));
        if (lines)
        {
            html.Open("td", ("class", "line"));
            if (HasLine(trend)) Line(html, trend, period);
            html.Close("td");
        }
        html.Close("tr").Line();
    }

    /// <summary>A line through two points says no more than the change.</summary>
    private static bool HasLine(ReportTrend trend) => trend.History.Count(value => value is not null) > 2;

    /// <summary>From the lowest to the highest of its values; days without one are left out of the line, not bridged.</summary>
    private static void Line(HtmlBuilder html, ReportTrend trend, string period)
    {
        double low = trend.History.Min() ?? 0, high = trend.History.Max() ?? 0;
        html.Open("svg", ("role", "img"), ("class", "spark"), ("viewBox", $"0 0 {HtmlBuilder.Number(Width)} {HtmlBuilder.Number(Height)}"),
            ("aria-label", $"{trend.Name}, {period}: between {Figures.Score(low)} and {Figures.Score(high)}"));
        var canvas = new SvgCanvas(html);
        List<(double X, double Y)> run = [];
        for (int day = 0; day <= trend.History.Count; day++)
        {
            if (day < trend.History.Count && trend.History[day] is { } value)
            {
                run.Add((Inset + ((Width - (2 * Inset)) * day / Math.Max(1, trend.History.Count - 1)),
                    high > low ? Height - Inset - ((Height - (2 * Inset)) * (value - low) / (high - low)) : Height / 2));
                continue;
            }

            if (run.Count == 1) canvas.Dot(run[0].X, run[0].Y, 1.5, Ink.First, "");
            if (run.Count > 1) canvas.Polyline(run, Ink.Second);
            if (day < trend.History.Count) run.Clear();
        }

        if (run.Count > 0 && trend.History[^1] is not null) canvas.Dot(run[^1].X, run[^1].Y, 3, Ink.First, trend.Now);
        html.Close("svg");
    }

    private static ReportTable Days(ReportComparison today)
    {
        ReportTrend[] lines = [.. today.Rows.Where(HasLine)];
        int days = lines.Max(trend => trend.History.Count);
        return new ReportTable(
            today.Period,
            [new("Days ago", true), .. lines.Select(trend => new ReportColumn(trend.Name, true))],
            [.. Enumerable.Range(0, days).Select(ago => new ReportRow(
                [ago.ToString(CultureInfo.InvariantCulture),
                    .. lines.Select(trend => trend.History[^(ago + 1)] is { } value ? Figures.Score(value) : "—")]))]);
    }
}
