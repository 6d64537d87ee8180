using BatchScoring.Training.Metrics;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>Scores sorted by counting stand as a comparing sort puts them.</summary>
public sealed class ScoreOrderTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(511, 5)]
    [InlineData(5_000, 7)]
    [InlineData(50_000, 1e-9)]
    [InlineData(50_000, 1e300)]
    public void Sort_OfAnyScores_IsAscendingAndKeepsTheirRows(int rows, double spread)
    {
        System.Random random = new(3);
        double[] scores = [.. Enumerable.Range(0, rows).Select(row => row % 5 == 0 ? 0.25 : 1 + (spread * (random.NextDouble() - 0.5)))];
        double[] sorted = [.. scores];

        int[] order = ScoreOrder.Sort(sorted);

        sorted.ShouldBe(scores.Order());
        order.Select(row => scores[row]).ShouldBe(sorted);
        order.Order().ShouldBe(Enumerable.Range(0, rows));
    }

    [Fact]
    public void Sort_OfZerosOfBothSigns_TakesThemForEqual()
    {
        double[] scores = [.. Enumerable.Range(0, 1000).Select(row => row % 2 == 0 ? 0.0 : -0.0)];

        ScoreOrder.Sort(scores).ShouldBe(Enumerable.Range(0, 1000));
        scores.Select(BitConverter.DoubleToInt64Bits).ShouldAllBe(bits => bits == 0);
    }
}
