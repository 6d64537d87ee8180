using System.Numerics;
using BatchScoring.Statistics;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Statistics;

public sealed class DiscriminationProperties
{
    [Fact]
    public void Auc_AnyRows_EqualsAverageOverAllPairs() => ForAll.Cases(ScoredRows.Any, rows =>
    {
        long twiceWins = 0, pairs = 0;
        for (int b = 0; b < rows.Scores.Length; b++)
        {
            for (int g = 0; g < rows.Scores.Length; g++)
            {
                if (rows.Labels[b] != 1 || rows.Labels[g] != 0) continue;
                pairs++;
                twiceWins += rows.Scores[b] > rows.Scores[g] ? 2 : rows.Scores[b] == rows.Scores[g] ? 1 : 0;
            }
        }
        RankedScores ranked = Rank(rows);
        Discrimination.Auc(ranked).ShouldBe(twiceWins / (2.0 * pairs));
        Discrimination.Gini(ranked).ShouldBe((twiceWins - pairs) / (double)pairs);
    });

    [Fact]
    public void Ks_AnyRows_EqualsWidestGapOverEveryCutOff() => ForAll.Cases(ScoredRows.Any, rows =>
    {
        long goods = rows.Labels.Count(l => l == 0), bads = rows.Labels.Length - goods;
        var gaps = rows.Scores.Select(cut => (Cut: cut, Gap: Math.Abs(
            (CountBelow(rows, cut, 1) * goods) - (CountBelow(rows, cut, 0) * bads)))).ToList();
        long widest = gaps.Max(g => g.Gap);

        KolmogorovSmirnov ks = Discrimination.Ks(Rank(rows));

        ks.Value.ShouldBe(widest / (double)(goods * bads));
        ks.Score.ShouldBe(gaps.Where(g => g.Gap == widest).Min(g => g.Cut));
    });

    [Fact]
    public void AllMetrics_RowsReordered_StayTheSameBits() => ForAll.Cases(ScoredRows.Probabilities.Zip(Gen.Choose(0, 1000)), c =>
    {
        RankedScores one = Rank(c.Item1), other = Rank(c.Item1.Reordered(c.Item2));
        Discrimination.Auc(other).ShouldBe(Discrimination.Auc(one));
        Discrimination.Ks(other).ShouldBe(Discrimination.Ks(one));
        ProbabilityLoss.Logloss(other).ShouldBe(ProbabilityLoss.Logloss(one));
        ProbabilityLoss.Brier(other).ShouldBe(ProbabilityLoss.Brier(one));
        GainTable.Create(other).ShouldBe(GainTable.Create(one));
        RocCurve.Create(other).ShouldBe(RocCurve.Create(one));
    });

    [Fact]
    public void RankMetrics_ScoresMappedByARisingFunction_StayTheSame() => ForAll.Cases(ScoredRows.Probabilities, rows =>
    {
        RankedScores plain = Rank(rows), mapped = Rank(rows with { Scores = [.. rows.Scores.Select(s => (8 * s) - 3)] });
        Discrimination.Auc(mapped).ShouldBe(Discrimination.Auc(plain));
        Discrimination.Ks(mapped).Value.ShouldBe(Discrimination.Ks(plain).Value);
        GainTable.Create(mapped).Select(g => (g.Group, g.Bads, g.Goods)).ShouldBe(
            GainTable.Create(plain).Select(g => (g.Group, g.Bads, g.Goods)));
    });

    [Fact]
    public void Auc_ScoresNegated_IsMirrored() => ForAll.Cases(ScoredRows.Any, rows =>
        Discrimination.Gini(Rank(rows with { Scores = [.. rows.Scores.Select(s => -s)] })).ShouldBe(-Discrimination.Gini(Rank(rows))));

    [Fact]
    public void ExactRatio_HugeIntegers_IsTheNearestDouble() => ForAll.Cases(
        Gen.Choose(1, int.MaxValue).Four(), c =>
        {
            Int128 denominator = ((Int128)c.Item1 << 62) + ((Int128)c.Item2 << 31) + c.Item3;
            Int128 numerator = denominator * c.Item4 / int.MaxValue / (1 + (c.Item3 % 1000));
            double quotient = ExactRatio.Of(numerator, denominator);
            BigInteger error = Distance(quotient, numerator, denominator);
            error.ShouldBeLessThanOrEqualTo(Distance(Math.BitIncrement(quotient), numerator, denominator));
            error.ShouldBeLessThanOrEqualTo(Distance(Math.BitDecrement(quotient), numerator, denominator));
        }, count: 2000);

    private static RankedScores Rank(ScoredRows rows) => RankedScores.Create(rows.Scores, rows.Labels);

    private static long CountBelow(ScoredRows rows, double cut, byte label) =>
        rows.Scores.Zip(rows.Labels).LongCount(r => r.First <= cut && r.Second == label);

    /// <summary>|value − numerator ÷ denominator| · denominator · 2^200, exactly.</summary>
    private static BigInteger Distance(double value, Int128 numerator, Int128 denominator)
    {
        int exponent = (int)Math.Floor(Math.Log2(value)) - 60;
        BigInteger scaled = new BigInteger(Math.ScaleB(value, -exponent)) << (200 + exponent);
        return BigInteger.Abs((scaled * (BigInteger)denominator) - ((BigInteger)numerator << 200));
    }
}
