using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Reporting;

public sealed class TextReportTests
{
    [Fact]
    public void Create_AnyReport_FitsHundredColumnsAndHoldsNoControlCharacters()
    {
        foreach (Report report in new[] { SampleReports.Evaluation(), SampleReports.Doubtful(), SampleReports.HostileHeld(),
            SampleReports.Bare() })
        {
            string text = TextReport.Create(report);
            text.Split('\n').Max(l => l.Length).ShouldBeLessThanOrEqualTo(TextReport.Width);
            text.Where(c => char.IsControl(c) && c != '\n').ShouldBeEmpty();
            text.ShouldNotContain('\u00A0');
            text.Split('\n').ShouldAllBe(l => l == l.TrimEnd(' '));
        }
    }

    [Theory]
    [InlineData("AUC      0.7913328856799091, 95 %: 0.77")]
    [InlineData("Score: Higher = riskier")]
    [InlineData("EVALUATED: All 6,000")]
    [InlineData("  UNKNOWN_CATEGORY  8   EDUCATION holds")]
    [InlineData("Attempt        5f0c1d3a9be27a44\n")]
    [InlineData("Speed          13,602 rows/s\n")]
    [InlineData("    1   600  72.3 %  0.5691  0.9481   434    166   32.2 %    3.6 %  0.2860  3.22 ×  3.22 ×\n")]
    public void Create_Evaluation_SaysWhatThePageSays(string text) => TextReport.Create(SampleReports.Evaluation()).ShouldContain(text);

    [Fact]
    public void Create_BreaksOfRankOrder_AreMarkedAndExplained()
    {
        string text = TextReport.Create(SampleReports.Doubtful());
        text.ShouldContain(" ×  *\n");
        text.ShouldContain("\n* breaks rank order\n");
    }

    [Fact]
    public void Create_TableOfTooManyColumns_SaysWhereItIs()
    {
        ReportTable wide = new("Wide", [.. Enumerable.Range(0, 60).Select(i => new ReportColumn($"c{i}"))], []);
        TextReport.Create(SampleReports.Bare() with { Tables = [wide] }).ShouldContain("60 columns are too many");
    }
}
