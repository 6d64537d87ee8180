namespace BatchScoring.Reporting;

/// <summary>The figures that are read first, large.</summary>
internal static class HtmlFigures
{
    public static void Metrics(HtmlBuilder html, Report report)
    {
        if (report.Metrics.Count == 0) return;
        html.Open("section", ("aria-labelledby", "quality")).Element("h2", "Quality", ("id", "quality")).Open("div", ("class", "tiles"))
            .Line();
        foreach (ReportMetric metric in report.Metrics)
            Tile(html, metric.Name, metric.Glance, Joined(metric.Interval, metric.Detail), metric.Meaning);
        html.Close("div").Line();
        HtmlTables.Folded(html, "All digits", new ReportTable(
            "Quality, all digits",
            [new("Metric"), new("Value", true), new("Meaning")],
            [.. report.Metrics.Select(m => new ReportRow([m.Name, Figures.Exact(m.Value), m.Meaning]))]));
        html.Close("section").Line();
    }

    public static void Rows(HtmlBuilder html, Report report)
    {
        if (report.Rows is not { } rows || report.Today is not null) return;
        html.Open("section", ("aria-labelledby", "rows")).Element("h2", "Rows", ("id", "rows")).Open("div", ("class", "tiles")).Line();
        Tile(html, "Read", Figures.Count(rows.Read), null, null);
        Tile(html, Capital(rows.OutIs), Figures.Count(rows.Out), Share(rows.Out, rows.Read), null);
        Tile(html, "Set aside", Figures.Count(rows.SetAsideTotal), Share(rows.SetAsideTotal, rows.Read), null);
        html.Close("div").Close("section").Line();
    }

    private static void Tile(HtmlBuilder html, string name, string value, string? detail, string? meaning)
    {
        html.Open("div", ("class", "tile")).Element("p", name, ("class", "name")).Element("p", value, ("class", "value"));
        if (detail is not null) html.Element("p", detail, ("class", "detail"));
        if (meaning is not null) html.Element("p", meaning, ("class", "meaning"));
        html.Close("div").Line();
    }

    private static string? Joined(string? a, string? b) => a is null || b is null ? a ?? b : $"{a}, {b}";

    private static string? Share(long part, long whole) => whole == 0 ? null : Figures.Percent(part / (double)whole);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
