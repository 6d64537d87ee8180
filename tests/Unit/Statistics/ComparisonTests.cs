using BatchScoring.Statistics;

namespace BatchScoring.Tests.Unit.Statistics;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 10.0, 20, 30 }, 1.0)]
    [InlineData(new[] { 1.0, 2, 3 }, new[] { 3.0, 2, 1 }, -1.0)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5 }, new[] { 5.0, 6, 7, 8, 7 }, 0.82078268166812329)]
    [InlineData(new[] { double.NegativeInfinity, 0, double.PositiveInfinity }, new[] { 1.0, 1, 2 }, 0.8660254037844387)]
    public void Spearman_SmallCases_AreAsCountedByHand(double[] first, double[] second, double rho) =>
        RankCorrelation.Spearman(first, second).ShouldNotBeNull().ShouldBe(rho, 1e-15);

    [Fact]
    public void Spearman_OneValueOrNoRows_HasNone()
    {
        RankCorrelation.Spearman([1, 1], [1, 2]).ShouldBeNull();
        RankCorrelation.Spearman([], []).ShouldBeNull();
        Should.Throw<StatisticsException>(() => RankCorrelation.Spearman([1, double.NaN], [1, 2])).Code.ShouldBe("STATISTICS_SCORE_NAN");
        Should.Throw<ArgumentException>(() => RankCorrelation.Spearman([1], [1, 2]));
    }

    [Fact]
    public void MigrationMatrix_Moves_AreCountedByDirection()
    {
        MigrationMatrix matrix = new(3);
        matrix.Add(0, 0, 5);
        matrix.Add(0, 2);
        matrix.Add(2, 1, 2);

        (matrix.Rows, matrix.Stayed, matrix.Riskier, matrix.Safer).ShouldBe((8, 5, 1, 2));
        matrix.Before().ShouldBe([6, 0, 2]);
        matrix.After().ShouldBe([5, 2, 1]);
        Should.Throw<ArgumentOutOfRangeException>(() => matrix.Add(3, 0));
    }

    [Fact]
    public void Psi_EqualShares_IsZeroAndUnusableCountsAreRefused()
    {
        PopulationStability.Of([10, 20, 0], [100, 200, 0])
            .ShouldBe(new PopulationStability(0, PopulationStability.Of([10, 20], [100, 200]).Limit, 2));
        Should.Throw<ArgumentException>(() => PopulationStability.Of([0, 0], [1, 1]));
        Should.Throw<ArgumentException>(() => PopulationStability.Of([1, 1], [1]));
        Should.Throw<ArgumentException>(() => PopulationStability.Of([1, -1], [1, 1]));
    }

    [Fact]
    public void Psi_Histograms_CutAtTheReferencesTenths()
    {
        ScoreHistogram before = new(0, 1, 100), now = new(0, 1, 100);
        for (int i = 0; i < 1000; i++) before.Add(i / 1000.0);
        for (int i = 0; i < 1000; i++) now.Add(i / 2000.0);
        var psi = PopulationStability.Of(before, now);

        // Ten tenths; now the lower five hold a fifth each and the upper five nothing, which counts as half a row of 1,000.
        psi.Bins.ShouldBe(10);
        psi.Value.ShouldBe((5 * 0.1 * Math.Log(2)) + (5 * (0.0005 - 0.1) * Math.Log(0.0005 / 0.1)), 1e-12);
    }

    [Fact]
    public void ScoreHistogram_EdgesAndQuantiles_AreCountedNotGuessed()
    {
        ScoreHistogram histogram = new(0, 1, 1000);
        for (int i = 0; i < 1000; i++) histogram.Add((i + 0.5) / 1000);

        histogram.CountBelow(0.05).ShouldBe(50);
        histogram.CountBelow(1).ShouldBe(1000);
        histogram.CountBelow(0.0505).ShouldBeNull();
        histogram.Quantile(0.5).ShouldNotBeNull().ShouldBe(0.5, 1e-12);
        new ScoreHistogram(0, 1, 10).Quantile(0.5).ShouldBeNull();
    }

    [Fact]
    public void Linear_EndsAndMiddle_AreNumpys()
    {
        Quantiles.Linear([1, 2, 4], 0).ShouldBe(1);
        Quantiles.Linear([1, 2, 4], 0.75).ShouldBe(3);
        Quantiles.Linear([1, double.PositiveInfinity, double.PositiveInfinity], 0.75).ShouldBe(double.PositiveInfinity);
        Should.Throw<ArgumentOutOfRangeException>(() => Quantiles.Linear([], 0.5));
    }
}
