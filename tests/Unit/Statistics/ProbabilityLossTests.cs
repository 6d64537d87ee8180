using BatchScoring.Statistics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Statistics;

public sealed class ProbabilityLossTests
{
    [Fact]
    public void Losses_CreditCardScores_EqualTheMeansInDecimal()
    {
        (double[] raw, byte[] labels) = CreditScores.Read();
        double[] p = [.. raw.Select(CreditScores.Probability)];
        var ranked = RankedScores.Create(p, labels);

        ProbabilityLoss.Logloss(ranked).ShouldBe(
            (double)(p.Zip(labels, (q, y) => (decimal)-Math.Log(y == 1 ? q : 1 - q)).Sum() / p.Length), 1e-15);
        ProbabilityLoss.Brier(ranked).ShouldBe(
            (double)(p.Zip(labels, (q, y) => ((decimal)q - y) * ((decimal)q - y)).Sum() / p.Length), 1e-15);
    }

    [Fact]
    public void Losses_AlwaysOneHalf_AreThoseOfACoin()
    {
        var ranked = RankedScores.Create([0.5, 0.5], [0, 1]);
        ProbabilityLoss.Logloss(ranked).ShouldBe(Math.Log(2));
        ProbabilityLoss.Brier(ranked).ShouldBe(0.25);
    }

    [Fact]
    public void Losses_CertainAndRight_AreZero()
    {
        var ranked = RankedScores.Create([0.0, 1.0], [0, 1]);
        ProbabilityLoss.Logloss(ranked).ShouldBe(0);
        ProbabilityLoss.Brier(ranked).ShouldBe(0);
    }

    [Fact]
    public void Logloss_CertainAndWrong_IsInfinite() =>
        ProbabilityLoss.Logloss(RankedScores.Create([0.0, 0.3], [1, 0])).ShouldBe(double.PositiveInfinity);

    [Theory]
    [InlineData(-0.001)]
    [InlineData(1.001)]
    [InlineData(double.PositiveInfinity)]
    public void Losses_ScoreThatIsNoProbability_AreRefused(double score)
    {
        var ranked = RankedScores.Create([score, 0.5], [0, 1]);
        Should.Throw<StatisticsException>(() => ProbabilityLoss.Logloss(ranked)).Code.ShouldBe("STATISTICS_NOT_PROBABILITY");
        Should.Throw<StatisticsException>(() => ProbabilityLoss.Brier(ranked)).Code.ShouldBe("STATISTICS_NOT_PROBABILITY");
    }
}
