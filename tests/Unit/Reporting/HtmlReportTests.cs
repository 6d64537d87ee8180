using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Reporting;

public sealed partial class HtmlReportTests
{
    private static readonly string[] KnownTags =
    [
        "a", "body", "caption", "circle", "code", "dd", "desc", "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
        "h3", "head", "header", "html", "li", "line", "main", "meta", "p", "path", "polygon", "polyline", "rect", "section", "span",
            "strong",
        "style", "summary", "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
    ];

    [Fact]
    public void Create_HostileTexts_NeverBecomeMarkup()
    {
        string html = WithoutStyle(HtmlReport.Create(SampleReports.HostileHeld()));

        html.ShouldContain("&lt;script&gt;alert(1)&lt;/script&gt;");
        Tags().Matches(html).Select(m => m.Groups["tag"].Value).Distinct().ShouldBeSubsetOf(KnownTags);
        Attributes().Matches(html).Select(m => m.Groups["name"].Value)
            .Where(a => a.StartsWith("on", StringComparison.Ordinal) || a == "style")
            .ShouldBeEmpty();
        html.ShouldNotContain("javascript:");
        Regex.Matches(html, "href=\"[^\"]*").Select(m => m.Value[6..])
            .ShouldAllBe(h => !h.Contains(':') && !h.StartsWith("//", StringComparison.Ordinal));
        html.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
        html.ShouldNotContain('\u202e');
    }

    [Fact]
    public void Create_AnyReport_HasNoScriptAndAsksForNothing()
    {
        string html = HtmlReport.Create(SampleReports.Evaluation());
        html.ShouldNotContain("<script");
        html.ShouldNotContain("src=");
        html.ShouldNotContain("url(");
        html.ShouldNotContain("@import");
        html.ShouldNotContain("<link");
    }

    [Fact]
    public void Create_ContentSecurityPolicy_AllowsItsOwnStyleAndNothingElse()
    {
        string html = HtmlReport.Create(SampleReports.Evaluation());
        string style = Style().Match(html).Groups["style"].Value;
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        style.Length.ShouldBeGreaterThan(1000);
        html.ShouldContain($"content=\"default-src &#39;none&#39;; style-src &#39;sha256-{hash}&#39;; base-uri &#39;none&#39;; " +
            "form-action &#39;none&#39;\"");
    }

    [Fact]
    public void Create_ManyColumnsWithRowsSetAside_ShowsTenAndTheRestInOneLine()
    {
        Report report = SampleReports.Evaluation() with
        {
            Rows = new RowCounts
            {
                Read = 1000,
                Out = 900,
                SetAside = [.. Enumerable.Range(1, 30).Select(i => new QuarantineCount("OUT_OF_RANGE", i, "outside", $"column_{i}"))],
            },
        };

        string html = HtmlReport.Create(report);

        html.ShouldContain("column_21");
        html.ShouldNotContain("column_20");
        html.ShouldContain(">20 further<");
        html.ShouldContain($">{Enumerable.Range(1, 20).Sum()}<");
    }

    [Theory]
    [InlineData("evaluate-2026-11-21-r1")]
    [InlineData("5f0c1d3a9be27a44")]
    [InlineData("revision 1")]
    [InlineData("credit-default / 2026-11-20")]
    [InlineData("9d1f6a0c5b0e4f6f3a8f4f4a29c1c7be4de0a2f17c6b8f1d3ce4a7b0d59e6a12")]
    [InlineData("002aad6b922383b7da370604cc97c0b5:6000")]
    [InlineData("2026-11-21 06:30:04 UTC")]
    [InlineData("442&nbsp;ms")]
    [InlineData("rows/s")]
    [InlineData("Higher = riskier")]
    [InlineData("0.7913328856799091")]
    [InlineData("UNKNOWN_CATEGORY")]
    [InlineData("<a href=\"plan.json\"")]
    public void Create_Evaluation_SaysWhatARiskTeamAsksFor(string text) =>
        HtmlReport.Create(SampleReports.Evaluation()).ShouldContain(text);

    [Fact]
    public void Create_EveryChart_HasNameDescriptionAndTable()
    {
        Report report = SampleReports.Evaluation();
        string html = HtmlReport.Create(report);
        for (int i = 1; i <= report.Charts.Count; i++)
        {
            html.ShouldContain($"aria-labelledby=\"chart-{i}-name\" aria-describedby=\"chart-{i}-desc\"");
            html.ShouldMatch($"<title id=\"chart-{i}-name\">[^<]+</title><desc id=\"chart-{i}-desc\">[^<]+</desc>");
        }
        Regex.Count(html, "<table>").ShouldBeGreaterThanOrEqualTo(report.Charts.Count);
    }

    [Fact]
    public void Create_BreaksOfRankOrder_AreMarkedInChartAndTable()
    {
        int breaks = Regex.Count(HtmlReport.Create(SampleReports.Doubtful()), "class=\"bar ink-alarm\"[^>]*><title>Group");
        breaks.ShouldBeGreaterThan(0);
        Regex.Count(HtmlReport.Create(SampleReports.Doubtful()), ">▲ breaks rank order<").ShouldBe(2 * breaks); // gain table, bad rates
        HtmlReport.Create(SampleReports.Evaluation()).ShouldNotContain("breaks rank order");
    }

    [Fact]
    public void Create_MetricsWithoutScoreMeaning_IsABug()
    {
        Report report = SampleReports.Evaluation() with { ScoreMeaning = null };
        Should.Throw<InvalidOperationException>(() => HtmlReport.Create(report));
        Should.Throw<InvalidOperationException>(() => TextReport.Create(report));
        Should.Throw<InvalidOperationException>(() => JsonReport.Create(report));
    }

    [Fact]
    public void Create_ReportOfAJobWithoutRowsOrScores_HasNoEmptySections()
    {
        Report report = SampleReports.Bare();
        string html = HtmlReport.Create(report), text = TextReport.Create(report);
        foreach (string heading in new[] { "Quality", "Rows", "Scores at a glance", "Where the time went", "Where things lie", "mind" })
        {
            html.ShouldNotContain($">{heading}<");
            text.ShouldNotContain($"\n{heading}\n");
        }
    }

    private static string WithoutStyle(string html) => Style().Replace(html, "");

    [GeneratedRegex("<style>(?<style>.*?)</style>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Style();

    [GeneratedRegex("</?(?<tag>[^\\s>/!]+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Tags();

    [GeneratedRegex("\\s(?<name>[a-z-]+)=\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Attributes();
}
