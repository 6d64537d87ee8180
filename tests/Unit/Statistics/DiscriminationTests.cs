using BatchScoring.Statistics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Statistics;

public sealed class DiscriminationTests
{
    [Fact]
    public void Auc_CreditCardScores_IsTheGoldenValueToTheLastBit()
    {
        (double[] raw, byte[] labels) = CreditScores.Read();
        var ranked = RankedScores.Create(raw, labels);

        ranked.Rows.ShouldBe(6000);
        Discrimination.Auc(ranked).ShouldBe(0.7913328856799091);
        Discrimination.Gini(ranked).ShouldBe(0.5826657713598182);
    }

    [Theory]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, new byte[] { 0, 0, 1, 1 }, 1.0, 1.0, 0.2)]
    [InlineData(new[] { 0.1, 0.2, 0.8, 0.9 }, new byte[] { 1, 1, 0, 0 }, 0.0, 1.0, 0.2)]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, new byte[] { 0, 1, 0 }, 0.5, 0.0, 0.5)]
    [InlineData(new[] { 1.0, 2.0, 2.0, 3.0 }, new byte[] { 0, 1, 0, 1 }, 0.875, 0.5, 1.0)]
    [InlineData(new[] { double.NegativeInfinity, double.PositiveInfinity }, new byte[] { 0, 1 }, 1.0, 1.0, double.NegativeInfinity)]
    public void AucAndKs_SmallCases_AreAsCountedByHand(double[] scores, byte[] labels, double auc, double ks, double where)
    {
        var ranked = RankedScores.Create(scores, labels);
        Discrimination.Auc(ranked).ShouldBe(auc);
        Discrimination.Gini(ranked).ShouldBe((2 * auc) - 1);
        KolmogorovSmirnov found = Discrimination.Ks(ranked);
        (found.Value, found.Score).ShouldBe((ks, where));
        found.BadsAbove.ShouldBe(Share(scores, labels, where, 1));
        found.GoodsAbove.ShouldBe(Share(scores, labels, where, 0));
    }

    [Fact]
    public void Create_BothZeros_AreOneScore() =>
        RankedScores.Create([-0.0, 0.0, 1], [1, 0, 0]).Scores.ToArray().ShouldBe([0.0, 1.0]);

    [Theory]
    [InlineData(new[] { 0.1, double.NaN }, new byte[] { 0, 1 }, "STATISTICS_SCORE_NAN", "row 1")]
    [InlineData(new[] { 0.1, 0.2 }, new byte[] { 0, 2 }, "STATISTICS_LABEL_INVALID", "is 2")]
    [InlineData(new[] { 0.1, 0.2 }, new byte[] { 1, 1 }, "STATISTICS_ONE_CLASS", "2 are bad and 0 are good")]
    [InlineData(new double[0], new byte[0], "STATISTICS_ONE_CLASS", "Of 0 rows")]
    public void Create_UnusableRows_SaysWhichAndWhy(double[] scores, byte[] labels, string code, string text)
    {
        StatisticsException error = Should.Throw<StatisticsException>(() => RankedScores.Create(scores, labels));
        error.Code.ShouldBe(code);
        error.Message.ShouldContain(text);
    }

    [Fact]
    public void Create_LengthsDiffer_IsABug() => Should.Throw<ArgumentException>(() => RankedScores.Create([1.0], [0, 1]));

    private static double Share(double[] scores, byte[] labels, double above, byte label) =>
        scores.Zip(labels).Count(r => r.Second == label && r.First > above) / (double)labels.Count(l => l == label);
}
