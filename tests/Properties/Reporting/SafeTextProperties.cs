using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Reporting;

public sealed class SafeTextProperties
{
    [Fact]
    public void Reports_AnyText_StayWithinTheirFormat() => ForAll.Cases(
        Gen.Choose(0, 0xFFFF).Select(c => (char)c).Or(Gen.Elements(' ', '\n', '<', '>', '&', '"', '\u001b', '\ud83d', '\u202e')).ArrayOf(),
            chars =>
    {
        string foreign = new(chars);
        Report report = SampleReports.Bare() with
        {
            Title = foreign,
            Verdict = new(ReportOutcome.Failed, foreign, foreign),
            Warnings = [foreign],
            Tables = [new(foreign, [new(foreign), new("n", true)], [new([foreign, foreign], foreign)])],
            Facts = [new(foreign, foreign)],
        };
        string text = TextReport.Create(report), html = HtmlReport.Create(report);

        text.Split('\n').Max(l => l.Length).ShouldBeLessThanOrEqualTo(TextReport.Width);
        foreach (string output in new[] { text, html })
        {
            output.Any(c => char.IsControl(c) && c != '\n').ShouldBeFalse();
            System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(output)).ShouldBe(output);
        }
        Shape(html).ShouldBe(Shape(HtmlReport.Create(JsonReport.Read(JsonReport.Create(report)) with { Title = "x" })));
    });

    /// <summary>The tags alone: what a foreign text must not change.</summary>
    private static string Shape(string html) => string.Concat(
        html[html.IndexOf("</style>", StringComparison.Ordinal)..].Where(c => c is '<' or '>'));
}
