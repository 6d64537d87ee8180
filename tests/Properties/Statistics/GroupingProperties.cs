using BatchScoring.Statistics;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Statistics;

public sealed class GroupingProperties
{
    [Fact]
    public void GainTable_AnyRows_PartitionsThemWithoutSplittingTies() => ForAll.Cases(ScoredRows.Any, rows =>
    {
        IReadOnlyList<GainRow> table = GainTable.Create(Rank(rows));

        table.Sum(g => g.Rows).ShouldBe(rows.Scores.Length);
        table.Sum(g => g.Bads).ShouldBe(rows.Labels.Count(l => l == 1));
        foreach (GainRow g in table)
            g.Rows.ShouldBe(rows.Scores.Count(s => s >= g.MinScore && s <= g.MaxScore));
        for (int i = 1; i < table.Count; i++)
        {
            table[i].MaxScore.ShouldBeLessThan(table[i - 1].MinScore);
            table[i].Group.ShouldBeGreaterThan(table[i - 1].Group);
            table[i].BreaksRankOrder.ShouldBe(table[i].Bads * table[i - 1].Rows > table[i - 1].Bads * table[i].Rows);
        }
        table[^1].CumulativeBads.ShouldBe(1);
        table[^1].CumulativeGoods.ShouldBe(1);
        table[^1].CumulativeLift.ShouldBe(1);
        table.Max(g => g.Ks).ShouldBeLessThanOrEqualTo(Discrimination.Ks(Rank(rows)).Value);
    });

    [Fact]
    public void GainTable_NoTies_GroupsDifferByAtMostOneRow() => ForAll.Cases(Gen.Choose(10, 500), rows =>
    {
        double[] scores = [.. Enumerable.Range(0, rows).Select(i => (double)i)];
        byte[] labels = [.. Enumerable.Range(0, rows).Select(i => (byte)(i % 3 == 0 ? 1 : 0))];
        IReadOnlyList<GainRow> table = GainTable.Create(RankedScores.Create(scores, labels));
        table.Count.ShouldBe(10);
        (table.Max(g => g.Rows) - table.Min(g => g.Rows)).ShouldBeLessThanOrEqualTo(1);
    });

    [Fact]
    public void RocCurve_Thinned_StaysWithinToleranceOfEveryPoint() => ForAll.Cases(ScoredRows.Any, rows =>
    {
        const double Tolerance = 0.05;
        RankedScores ranked = Rank(rows);
        IReadOnlyList<RocPoint> all = RocCurve.Create(ranked, tolerance: 0), thin = RocCurve.Create(ranked, Tolerance);

        all.Count.ShouldBe(ranked.Scores.Length + 1);
        thin.ShouldBeSubsetOf(all);
        thin[0].ShouldBe(all[0]);
        thin[^1].ShouldBe(all[^1]);
        (thin[^1].FalsePositiveRate, thin[^1].TruePositiveRate).ShouldBe((1, 1));
        int[] kept = [.. thin.Select(p => all.ToList().IndexOf(p))];
        for (int k = 1; k < kept.Length; k++)
        {
            if (kept[k] == kept[k - 1] + 1) continue; // nothing left out here
            (thin[k].FalsePositiveRate - thin[k - 1].FalsePositiveRate).ShouldBeLessThanOrEqualTo(Tolerance);
            (thin[k].TruePositiveRate - thin[k - 1].TruePositiveRate).ShouldBeLessThanOrEqualTo(Tolerance);
        }
        Area(all).ShouldBe(Discrimination.Auc(ranked), 1e-12);
    });

    [Fact]
    public void ScoreHistogram_AnyCut_AddsUpToTheWhole() => ForAll.Cases(ScoredRows.Any.Zip(Gen.Choose(1, 40)).Zip(Gen.Choose(0, 100)), c =>
    {
        ((ScoredRows rows, int bins), int cut) = c;
        cut = Math.Min(cut, rows.Scores.Length);
        ScoreHistogram whole = new(-2, 2.5, bins), left = new(-2, 2.5, bins), right = new(-2, 2.5, bins);
        whole.Add(rows.Scores);
        left.Add(rows.Scores.AsSpan(0, cut));
        right.Add(rows.Scores.AsSpan(cut));
        left.Add(right);

        left.Counts.ShouldBe(whole.Counts);
        whole.Total.ShouldBe(rows.Scores.Length);
        whole.Below.ShouldBe(rows.Scores.Count(s => s < -2));
        whole.Above.ShouldBe(rows.Scores.Count(s => s > 2.5));
        for (int b = 0; b < bins; b++)
        {
            whole.Counts[b].ShouldBe(rows.Scores.Count(s =>
                s >= whole.Edge(b) && (b == bins - 1 ? s <= whole.Edge(b + 1) : s < whole.Edge(b + 1))));
        }
    });

    private static RankedScores Rank(ScoredRows rows) => RankedScores.Create(rows.Scores, rows.Labels);

    private static double Area(IReadOnlyList<RocPoint> curve) => curve.Zip(curve.Skip(1), (a, b) =>
        (b.FalsePositiveRate - a.FalsePositiveRate) * (a.TruePositiveRate + b.TruePositiveRate) / 2).Sum();
}
