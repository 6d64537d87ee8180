using BatchScoring.Reporting;

namespace BatchScoring.Tests.Unit.Reporting;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, "0.0 %")]
    [InlineData(0.0001, "< 0.1 %")]
    [InlineData(0.2251, "22.5 %")]
    [InlineData(0.99999, "> 99.9 %")]
    [InlineData(1, "100.0 %")]
    public void Percent_Shares_NeverRoundSomethingToNothing(double share, string text) => Plain(Figures.Percent(share)).ShouldBe(text);

    [Theory]
    [InlineData(0.0421, "42 ms")]
    [InlineData(12.34, "12.3 s")]
    [InlineData(59.97, "1 min 00 s")]
    [InlineData(125, "2 min 05 s")]
    [InlineData(3840, "1 h 04 min")]
    [InlineData(90000, "25 h 00 min")]
    public void Duration_Times_ReadWell(double seconds, string text) =>
        Plain(Figures.Duration(TimeSpan.FromSeconds(seconds))).ShouldBe(text);

    [Theory]
    [InlineData(0.25, "0.2500")]
    [InlineData(-1.5, "−1.5000")]
    [InlineData(0.0000123, "1.2e−5")]
    [InlineData(123456, "123,456")]
    [InlineData(double.NegativeInfinity, "−∞")]
    public void Score_AnySize_StaysReadable(double score, string text) => Figures.Score(score).ShouldBe(text);

    [Fact]
    public void Ticks_AnyRange_AreRoundAndInside()
    {
        Ticks.Between(0, 1, about: 5).ShouldBe([0, 0.2, 0.4, 0.6000000000000001, 0.8, 1]);
        Ticks.Between(-0.03, 0.31, about: 6).Select(t => Math.Round(t, 9)).ShouldBe([0, 0.1, 0.2, 0.3]);
        Ticks.RoundUp(642).ShouldBe(800);
        Ticks.RoundUp(1).ShouldBe(1);
    }

    private static string Plain(string text) => text.Replace(Figures.Space, ' ');
}
