using System.Text.Json;
using BatchScoring.Statistics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Statistics;

public sealed class GroupingTests
{
    [Fact]
    public void GainTable_CreditCardScores_HasTenGroupsOfSixHundredAndFallingRates()
    {
        (double[] raw, byte[] labels) = CreditScores.Read();
        IReadOnlyList<GainRow> table = GainTable.Create(RankedScores.Create(raw, labels));

        table.Count.ShouldBe(10);
        table.ShouldAllBe(g => g.Rows >= 598 && g.Rows <= 602);
        table[0].Lift.ShouldBeGreaterThan(3);
        table[0].BadRate.ShouldBe(table[0].Bads / (double)table[0].Rows);
    }

    [Fact]
    public void GainTable_OneScoreForHalfTheRows_LeavesTheOtherGroupsOut()
    {
        double[] scores = [1, 1, 1, 1, 1, 6, 7, 8, 9, 10];
        byte[] labels = [0, 1, 0, 0, 0, 0, 0, 1, 1, 1];
        IReadOnlyList<GainRow> table = GainTable.Create(RankedScores.Create(scores, labels));

        table.Select(g => (g.Group, g.Rows, g.Bads, g.BreaksRankOrder)).ShouldBe(
            [(1, 1L, 1L, false), (2, 1L, 1L, false), (3, 1L, 1L, false), (4, 1L, 0L, false), (5, 1L, 0L, false), (8, 5L, 1L, true)]);
        table[2].CumulativeBads.ShouldBe(0.75);
        table[2].CumulativeGoods.ShouldBe(0);
        table[2].Ks.ShouldBe(0.75);
        table[2].CumulativeLift.ShouldBe(2.5);
        table[5].Lift.ShouldBe(0.5);
    }

    [Fact]
    public void ScoreHistogram_JsonRoundTrip_KeepsEveryCount()
    {
        var histogram = new ScoreHistogram(0, 1, 4);
        histogram.Add([0, 0.25, 0.26, 1, -1, 2, double.NaN, double.PositiveInfinity]);
        ScoreHistogram back = JsonSerializer.Deserialize<ScoreHistogram>(JsonSerializer.Serialize(histogram))!;

        back.Counts.ShouldBe([1, 2, 0, 1]);
        (back.Below, back.Above, back.Missing, back.Total).ShouldBe((1, 2, 1, 8));
        back.Add(histogram);
        back.Total.ShouldBe(16);
        Should.Throw<ArgumentException>(() => back.Add(new ScoreHistogram(0, 1, 5)));
    }

    [Fact]
    public void WilsonInterval_KnownCases_AgreesWithTheLiterature()
    {
        // Newcombe 1998, table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
        Rounded(81, 263).ShouldBe((0.2553, 0.3662));
        Rounded(15, 148).ShouldBe((0.0624, 0.1605));
        Rounded(0, 20).ShouldBe((0.0, 0.1611));
        Rounded(1, 29).ShouldBe((0.0061, 0.1718));
        WilsonInterval.Of(7, 7).Upper.ShouldBe(1);
    }

    private static (double, double) Rounded(long successes, long trials)
    {
        var interval = WilsonInterval.Of(successes, trials);
        return (Math.Round(interval.Lower, 4), Math.Round(interval.Upper, 4));
    }

    [Fact]
    public void PopulationStability_OfValuesOfAnySize_SeesTheShiftAndNothingElse()
    {
        MagnitudeHistogram then = new(), same = new(), shifted = new(), gone = new();
        for (int i = 0; i < 4000; i++)
        {
            double value = 100 * Math.Sin(i * 1.7);
            then.Add(value);
            same.Add(100 * Math.Sin((i + 4000) * 1.7));
            shifted.Add(value + 60);
            gone.Add(i % 2 == 0 ? double.NaN : value);
        }

        PopulationStability.Of(then, then).Value.ShouldBe(0);
        PopulationStability.Of(then, then).Bins.ShouldBe(10);
        PopulationStability.Of(then, same).Value.ShouldBeLessThan(PopulationStability.Of(then, same).Limit);
        PopulationStability.Of(then, shifted).Value.ShouldBeGreaterThan(PopulationStability.Act);
        PopulationStability.Of(then, gone).Value.ShouldBeGreaterThan(PopulationStability.Act, "missing values are a group");
    }
}
