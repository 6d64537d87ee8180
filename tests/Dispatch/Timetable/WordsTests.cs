using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch.Timetable;

public sealed class WordsTests
{
    private static readonly Words Filled = new(new DateOnly(2027, 1, 1), "2027-01-01t0230", "app.2027-01-01t0230.r1",
        new Dictionary<string, string> { ["root"] = "s3://loans", ["before"] = "{date-1}", ["sly"] = "{root} $(id) {{date}}" });

    [Theory]
    [InlineData("{date} {date-1} {date+31}", "2027-01-01 2026-12-31 2027-02-01")]
    [InlineData("{slot}/{run}", "2027-01-01t0230/app.2027-01-01t0230.r1")]
    [InlineData("{root}/x={before}", "s3://loans/x=2026-12-31")]
    [InlineData("{sly}", "{root} $(id) {date}")] // what is filled in is not looked at again
    [InlineData("{{date}} ${HOME} {\"a\":{\"b\":1}} {x y} {} {nobody}", "{date} ${HOME} {\"a\":{\"b\":1}} {x y} {} {nobody}")]
    public void Fill_Text_IsData(string text, string expected) => Filled.Fill(text).ShouldBe(expected);

    [Fact]
    public void Fill_Settings_TextsOnlyAndTheGivenOnesStay()
    {
        JsonObject settings = JsonNode.Parse("""
            {"args": ["--date", "{date}"], "env": {"{date}": "{slot}"}, "n": 3, "on": true}
            """)!.AsObject();

        Filled.Fill(settings).ToJsonString()
            .ShouldBe("""{"args":["--date","2027-01-01"],"env":{"{date}":"2027-01-01t0230"},"n":3,"on":true}""");
        settings["args"]![1]!.GetValue<string>().ShouldBe("{date}");
    }

    [Fact]
    public void Unknown_NamesWordsThatNothingFillsIn() =>
        Words.Unknown("{date} {dat} {slot-1} {root} {{dat}} ${HOME}", ["root"]).ShouldBe(["{dat}", "{slot-1}"]);
}
