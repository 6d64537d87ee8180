using System.Text.Json.Nodes;
using BatchScoring.Dispatcher.Timetable;

namespace BatchScoring.Tests.Dispatch.Timetable;

public sealed class ConditionTests
{
    private static readonly JsonObject Answers = JsonNode.Parse("""
        {"score": {"verdict": "succeeded", "rows": 12, "held": false}, "evaluate": {"verdict": "ok", "metrics": {"auc": 0.71}}}
        """)!.AsObject();

    [Theory]
    [InlineData("score.rows > 0", true)]
    [InlineData("score.rows > 0 and evaluate.verdict = 'ok'", true)]
    [InlineData("score.rows > 20 or evaluate.metrics.auc >= 0.71", true)]
    [InlineData("not score.rows > 20", true)]
    [InlineData("not (score.rows = 12 and evaluate.verdict = 'ok')", false)]
    [InlineData("score.held = 'false'", true)]
    [InlineData("score.rows = evaluate.metrics.auc", false)]
    [InlineData("score.rows != 'twelve'", true)]
    [InlineData("score.verdict < 3", false)]
    [InlineData("evaluate.rows > 0", false)]
    [InlineData("not evaluate.rows > 0", false)] // a missing figure decides nothing
    [InlineData("other.rows > 0 or score.rows = 12", true)]
    [InlineData("score.rows = 12 or score.rows = 13 and score.rows = 14", true)] // and binds closer
    [InlineData("-1 < score.rows", true)]
    public void Holds_Text_IsDecided(string text, bool holds) =>
        Condition.Parse(text).Holds(step => Answers[step] as JsonObject).ShouldBe(holds);

    [Fact]
    public void Steps_AreThoseThatItAsks() =>
        Condition.Parse("not (score.rows > 0 or roc-curve.auc = 1) and score.rows < 3").Steps
            .ShouldBe(["score", "roc-curve"], ignoreOrder: true);

    [Theory]
    [InlineData("score.rows >", "ends where")]
    [InlineData("score.rows 3", "'3' at character 12")]
    [InlineData("rows > 3", "'rows' at character 1")]
    [InlineData("(score.rows > 3", "')'")]
    [InlineData("score.rows > 3)", "')' at character 15")]
    [InlineData("1 = 1", "two constants")]
    [InlineData("score.rows > 3; rm -rf", "not understood from ';")]
    [InlineData("score.verdict = 'ok", "not understood from ''ok")]
    [InlineData("", "ends where")]
    public void Parse_NoCondition_SaysWhereAndHow(string text, string said) =>
        Should.Throw<FormatException>(() => Condition.Parse(text)).Message.ShouldContain(said);

    [Fact]
    public void Parse_DeepNesting_IsRefused() =>
        Should.Throw<FormatException>(() => Condition.Parse(new string('(', 100_000))).Message.ShouldContain("levels");
}
