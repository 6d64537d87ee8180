using BatchScoring.Statistics;
using FsCheck;
using FsCheck.Fluent;

namespace BatchScoring.Tests.Properties.Statistics;

public sealed class ComparisonProperties
{
    private static readonly Gen<double> _anyNumber = Gen.OneOf(
        Gen.Choose(-5, 5).Select(i => (double)i),
        Gen.Choose(-1_000_000, 1_000_000).Select(i => i / 997.0),
        Gen.Choose(1, 1_000_000).Select(i => Math.ScaleB(i, i % 700 - 350)),
        Gen.Elements(0.0, -0.0, double.Epsilon, double.MaxValue, double.MinValue, double.PositiveInfinity, double.NegativeInfinity));

    [Fact]
    public void Spearman_AnyRows_IsPearsonOfMidRanks() => ForAll.Cases(_anyNumber.Zip(_anyNumber).NonEmptyListOf(), pairs =>
    {
        double[] a = [.. pairs.Select(p => p.Item1)], b = [.. pairs.Select(p => p.Item2)];
        double[] x = Ranks(a), y = Ranks(b);
        double mx = x.Average(), my = y.Average();
        double xy = x.Zip(y, (p, q) => (p - mx) * (q - my)).Sum(), xx = x.Sum(p => (p - mx) * (p - mx)),
            yy = y.Sum(q => (q - my) * (q - my));
        double? rho = RankCorrelation.Spearman(a, b);
        if (xx == 0 || yy == 0) rho.ShouldBeNull();
        else rho.ShouldNotBeNull().ShouldBe(xy / Math.Sqrt(xx * yy), 1e-12);
    });

    [Fact]
    public void AucInterval_AnyRows_IsThatOfThePairs() => ForAll.Cases(ScoredRows.Any, rows =>
    {
        double[] bads = [.. rows.Scores.Zip(rows.Labels).Where(r => r.Second == 1).Select(r => r.First)];
        double[] goods = [.. rows.Scores.Zip(rows.Labels).Where(r => r.Second == 0).Select(r => r.First)];
        AucInterval? interval = AucInterval.Of(RankedScores.Create(rows.Scores, rows.Labels));
        if (bads.Length < 2 || goods.Length < 2)
        {
            interval.ShouldBeNull();
            return;
        }

        double Wins(double bad, double good) => bad > good ? 1 : bad == good ? 0.5 : 0;
        double[] ofBads = [.. bads.Select(bad => goods.Average(good => Wins(bad, good)))];
        double[] ofGoods = [.. goods.Select(good => bads.Average(bad => Wins(bad, good)))];
        interval!.Value.Variance.ShouldBe((Variance(ofBads) / bads.Length) + (Variance(ofGoods) / goods.Length), 1e-12);
    });

    [Fact]
    public void ByBand_AnyEdges_PartsTheRows() => ForAll.Cases(ScoredRows.Probabilities.Zip(Gen.Choose(1, 99).NonEmptyListOf()), c =>
    {
        double[] edges = [.. c.Item2.Distinct().Order().Select(i => i / 100.0)];
        IReadOnlyList<CalibrationBand> bands = Calibration.ByBand(RankedScores.Create(c.Item1.Scores, c.Item1.Labels), edges);

        bands.Count.ShouldBe(edges.Length + 1);
        bands.Sum(b => b.Rows).ShouldBe(c.Item1.Scores.Length);
        foreach (CalibrationBand band in bands)
        {
            var inside = c.Item1.Scores.Zip(c.Item1.Labels).Where(r => r.First >= band.From && r.First < band.To).ToList();
            (band.Rows, band.Bads).ShouldBe((inside.Count, inside.Count(r => r.Second == 1)));
            if (band.Rows > 0) band.MeanProbability.ShouldBe(inside.Average(r => r.First), 1e-12);
        }
    });

    [Fact]
    public void Psi_AnyCounts_IsSymmetricAndNeverNegative() =>
        ForAll.Cases(Gen.Choose(0, 50).Zip(Gen.Choose(0, 50)).NonEmptyListOf(), pairs =>
    {
        long[] before = [.. pairs.Select(p => (long)p.Item1), 1], now = [.. pairs.Select(p => (long)p.Item2), 1];
        var psi = PopulationStability.Of(before, now);
        psi.Value.ShouldBeGreaterThanOrEqualTo(-1e-15);
        PopulationStability.Of(now, before).Value.ShouldBe(psi.Value, 1e-12);
        PopulationStability.Of(before, before).Value.ShouldBe(0);
        psi.Bins.ShouldBe(before.Zip(now).Count(c => c.First + c.Second > 0));
    });

    [Fact]
    public void QuantileBins_AnyValues_CountEveryOneOnce() => ForAll.Cases(_anyNumber.NonEmptyListOf().Zip(_anyNumber.ListOf()), c =>
    {
        var bins = QuantileBins.Of([.. c.Item1, double.NaN]);
        long[] counts = bins.Count([.. c.Item2, double.NaN, double.NaN]);
        counts[^1].ShouldBe(2);
        counts.Sum().ShouldBe(c.Item2.Count + 2);
        for (int i = 0; i < bins.Edges.Count; i++)
            counts[i].ShouldBe(c.Item2.Count(v => v <= bins.Edges[i] && (i == 0 || v > bins.Edges[i - 1])));
    });

    [Fact]
    public void MagnitudeHistogram_AnyCut_AddsUpAndKnowsValuesToThreePercent() =>
        ForAll.Cases(_anyNumber.NonEmptyListOf().Zip(Gen.Choose(0, 100)), c =>
    {
        double[] values = [.. c.Item1];
        int cut = Math.Min(c.Item2, values.Length);
        MagnitudeHistogram whole = Of(values), left = Of(values[..cut]);
        left.Add(Of(values[cut..]));
        left.Counts.ShouldBe(whole.Counts);
        whole.Total.ShouldBe(values.Length);

        foreach (double value in values.Where(double.IsFinite))
        {
            double found = Of([value]).Quantile(0.5).ShouldNotBeNull();
            Math.Abs(found - value).ShouldBeLessThanOrEqualTo(Math.Max(Math.Abs(value) / 32, 1e-307));
        }

        double median = whole.Quantile(0.5).ShouldNotBeNull(), exact = values.Order().ElementAt((values.Length - 1) / 2);
        if (double.IsFinite(exact)) Math.Abs(median - exact).ShouldBeLessThanOrEqualTo(Math.Max(Math.Abs(exact) / 32, 1e-307));
    });

    [Fact]
    public void MagnitudeHistogram_Spread_KeepsTheRows() => ForAll.Cases(Gen.Choose(-10_000, 10_000).NonEmptyListOf(), numbers =>
    {
        ScoreHistogram spread = Of([.. numbers.Select(i => i / 7.0)]).Spread(-500, 900, 40);
        spread.Total.ShouldBe(numbers.Count);
    });

    /// <summary>The hardest case: the true gap is the same over many cut-offs, of which KS takes the luckiest.</summary>
    [Fact]
    public void KsInterval_ManySamples_HoldsTheTrueDistance()
    {
        Random random = new(20261128);
        int held = 0;
        const int Samples = 1000;
        for (int sample = 0; sample < Samples; sample++)
        {
            // Goods uniform on [0, 1], bads on [0.4, 1.4]: the true distance is 0.4.
            double[] scores = [.. Enumerable.Range(0, 500).Select(i => random.NextDouble() + (i % 2 == 0 ? 0.4 : 0))];
            byte[] labels = [.. Enumerable.Range(0, 500).Select(i => (byte)(i % 2 == 0 ? 1 : 0))];
            var interval = KsInterval.Of(RankedScores.Create(scores, labels));
            if (interval.Lower <= 0.4 && interval.Upper >= 0.4) held++;
        }

        held.ShouldBeGreaterThan(950);
    }

    private static MagnitudeHistogram Of(double[] values)
    {
        MagnitudeHistogram histogram = new();
        foreach (double value in values) histogram.Add(value);
        return histogram;
    }

    private static double Variance(double[] values) =>
        values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1);

    private static double[] Ranks(double[] values) =>
        [.. values.Select(v => values.Count(w => w < v) + ((values.Count(w => w == v) + 1) / 2.0))];
}
