using System.Globalization;

namespace BatchScoring.Reporting;

/// <summary>The list of all dates as one HTML file, in the style of the pages that it leads to: no script, no request.</summary>
public static class HtmlIndex
{
    private static readonly (string Name, Func<ReportIndexDay, string> Cell)[] _numbers =
    [
        ("Rows", day => Figures.Count(day.Rows)),
        ("Set aside", day => Figures.Count(day.SetAside)),
        ("Mean score", day => Optional(day.MeanScore, Figures.Score)),
        ("From the cut-off up", day => Optional(day.AboveCutOff, Figures.Percent)),
        ("AUC", day => Optional(day.Auc, Figures.Rough)),
        ("Revision", day => day.Revision.ToString(CultureInfo.InvariantCulture)),
    ];

    /// <summary>Makes the page.</summary>
    /// <param name="root">The root whose dates these are.</param>
    /// <param name="program">Program and version.</param>
    /// <param name="days">The dates, newest first.</param>
    public static string Create(string root, string program, IReadOnlyList<ReportIndexDay> days)
    {
        var html = new HtmlBuilder();
        HtmlReport.WriteHead(html, "Scores by date", program);
        html.Open("body").Line().Open("header").Element("h1", "Scores by date").Element("p", root, ("class", "lede")).Close("header").Line()
            .Open("main").Open("section")
                .Open("div", ("class", "scroll"), ("role", "region"), ("tabindex", "0"), ("aria-label", "Scores by date"))
            .Open("table").Line().Element("caption", "Scores by date").Open("thead").Open("tr")
            .Element("th", "Date", ("scope", "col")).Element("th", "Result", ("scope", "col"));
        foreach ((string name, _) in _numbers) html.Element("th", name, ("scope", "col"), ("class", "number"));
        html.Element("th", "Model", ("scope", "col")).Close("tr").Close("thead").Open("tbody").Line();
        foreach (ReportIndexDay day in days) Row(html, day);
        html.Close("tbody").Close("table").Close("div").Close("section").Close("main").Line()
            .Element("footer", $"{program}. Made again by batch-score report --index.").Line();
        return html.Close("body").Close("html").Line().ToString();
    }

    private static void Row(HtmlBuilder html, ReportIndexDay day)
    {
        html.Open("tr").Open("th", ("scope", "row")).Open("a", ("href", day.Href)).Text(Figures.IsoDay(day.Date)).Close("a").Close("th")
            .Open("td").Element("span", Word(day.Outcome), ("class", "badge " + day.Outcome.ToString().ToLowerInvariant())).Close("td");
        foreach ((_, Func<ReportIndexDay, string> cell) in _numbers) html.Element("td", cell(day), ("class", "number"));
        html.Element("td", day.Model ?? "—", ("class", "words")).Close("tr").Line();
    }

    private static string Word(ReportOutcome outcome) => outcome switch
    {
        ReportOutcome.Ok => "published",
        ReportOutcome.Warning => "published, rows set aside",
        ReportOutcome.Held => "held",
        _ => "failed",
    };

    private static string Optional(double? value, Func<double, string> text) => value is { } known ? text(known) : "—";
}
