using System.Globalization;

namespace BatchScoring.Reporting;

/// <summary>The charts side by side, each with caption, legend and its numbers folded away below it.</summary>
internal static class HtmlCharts
{
    public static void Write(HtmlBuilder html, Report report)
    {
        if (report.Charts.Count == 0) return;
        html.Open("section", ("class", "long"), ("aria-labelledby", "charts")).Element("h2", "Scores at a glance", ("id", "charts"))
            .Open("div", ("class", "charts")).Line();
        for (int i = 0; i < report.Charts.Count; i++)
            Figure(html, report.Charts[i], string.Create(CultureInfo.InvariantCulture, $"chart-{i + 1}"));
        html.Close("div").Close("section").Line();
        foreach (Chart chart in report.Charts.Where(c => c.TableStands)) HtmlTables.Section(html, chart.Table());
    }

    private static void Figure(HtmlBuilder html, Chart chart, string id)
    {
        html.Open("figure").Element("h3", chart.Title).Line();
        if (chart.Legend.Count > 0)
        {
            html.Open("ul", ("class", "legend"));
            foreach ((Ink ink, string name) in chart.Legend)
            {
                html.Open("li").Open("svg", ("viewBox", "0 0 14 10"), ("aria-hidden", "true"));
                var canvas = new SvgCanvas(html);
                if (ink is Ink.Reference or Ink.Interval) canvas.Line(0, 5, 14, 5, ink);
                else canvas.Bar(1, 0, 10, 10, ink, name);
                html.Close("svg").Text(name).Close("li");
            }
            html.Close("ul").Line();
        }
        SvgCanvas.Draw(html, chart, id);
        html.Element("figcaption", chart.Summary()).Line();
        if (!chart.TableStands) HtmlTables.Folded(html, "Show as table", chart.Table());
        html.Close("figure").Line();
    }
}
