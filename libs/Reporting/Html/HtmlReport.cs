using System.Security.Cryptography;
using System.Text;

namespace BatchScoring.Reporting;

/// <summary>
/// The report as one HTML file that needs nothing else: style and charts inside, no script, no request. A content security policy says so
/// to the browser. Readable at any width, in light and dark, on paper, and without eyes.
/// </summary>
public static class HtmlReport
{
    /// <summary>The style sheet.</summary>
    internal static string Style { get; } = ReadStyle();

    /// <summary>The content security policy of every page that this library makes: its own style and nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'";

    /// <summary>Makes the page (UTF-8 when written to a file).</summary>
    /// <exception cref="InvalidOperationException">Metrics or charts without <see cref="Report.ScoreMeaning"/>.</exception>
    public static string Create(Report report)
    {
        report.Validate();
        var html = new HtmlBuilder();
        WriteHead(html, $"{report.Title} · {report.Verdict.Headline}", report.Run.Program);
        html.Open("body").Line();
        HtmlSections.Masthead(html, report);
        html.Open("main").Line();
        HtmlSections.Warnings(html, report);
        // Of a held run the question is which rows; of any other, whether today is like yesterday.
        bool held = report.Verdict.Outcome == ReportOutcome.Held;
        if (held) HtmlSections.SetAside(html, report);
        HtmlTrends.Write(html, report);
        if (report.Decisions.Count > 0) html.Open("div", ("class", "pairs")).Line();
        foreach (ReportTable table in report.Decisions) HtmlTables.Section(html, table);
        if (report.Decisions.Count > 0) html.Close("div").Line();
        HtmlFigures.Metrics(html, report);
        HtmlFigures.Rows(html, report);
        HtmlCharts.Write(html, report);
        foreach (ReportTable table in report.Tables) HtmlTables.Section(html, table);
        if (!held) HtmlSections.SetAside(html, report);
        HtmlSections.Details(html, report);
        foreach (ReportTable table in report.Lineage) HtmlTables.Section(html, table);
        HtmlSections.Timings(html, report);
        HtmlSections.Links(html, report);
        html.Close("main").Line();
        html.Element("footer", $"{report.Run.Program}. This page holds all it shows: no scripts, nothing loaded from elsewhere.").Line();
        return html.Close("body").Close("html").Line().ToString();
    }

    /// <summary>All before the body; the same for every page that this library makes.</summary>
    internal static void WriteHead(HtmlBuilder html, string title, string program)
    {
        html.Trusted("<!doctype html>").Line().Open("html", ("lang", "en")).Open("head").Line()
            .Open("meta", ("charset", "utf-8")).Line()
            .Open("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy)).Line()
            .Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1")).Line()
            .Open("meta", ("name", "color-scheme"), ("content", "light dark")).Line()
            .Open("meta", ("name", "referrer"), ("content", "no-referrer")).Line()
            .Open("meta", ("name", "generator"), ("content", program)).Line()
            .Element("title", title).Line()
            .Open("style").Trusted(Style).Close("style").Line()
            .Close("head").Line();
    }

    private static string ReadStyle()
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream("report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
