using System.Text.Json;
using BatchScoring.Reporting;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Reporting;

public sealed class JsonReportTests
{
    [Fact]
    public void Create_AnyReport_ReadsBackToTheSamePage()
    {
        foreach (Report report in new[] { SampleReports.Evaluation(), SampleReports.Doubtful(), SampleReports.HostileHeld(),
            SampleReports.Bare() })
        {
            string json = JsonReport.Create(report);
            Report back = JsonReport.Read(json);
            JsonReport.Create(back).ShouldBe(json);
            HtmlReport.Create(back).ShouldBe(HtmlReport.Create(report));
            TextReport.Create(back).ShouldBe(TextReport.Create(report));
        }
    }

    [Fact]
    public void Create_Evaluation_HasTheFieldsThatProgramsRead()
    {
        using var json = JsonDocument.Parse(JsonReport.Create(SampleReports.Evaluation()));
        JsonElement root = json.RootElement;
        root.GetProperty("format").GetInt32().ShouldBe(2);
        root.GetProperty("verdict").GetProperty("outcome").GetString().ShouldBe("ok");
        root.GetProperty("run").GetProperty("id").GetString().ShouldBe("evaluate-2026-11-21-r1");
        root.GetProperty("run").GetProperty("content").GetString().ShouldBe("002aad6b922383b7da370604cc97c0b5:6000");
        root.GetProperty("rows").GetProperty("set_aside")[0].GetProperty("code").GetString().ShouldBe("INFINITE_VALUE");
        root.GetProperty("metrics")[0].GetProperty("value").GetDouble().ShouldBe(0.7913328856799091);
        root.GetProperty("charts").EnumerateArray().Select(c => c.GetProperty("kind").GetString())
            .ShouldBe(["histogram", "roc", "bad_rate", "gain"]);
    }
}
