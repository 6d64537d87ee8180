using System.Text.Json;
using BatchScoring.Statistics;
using BatchScoring.Tests.Testing;

namespace BatchScoring.Tests.Unit.Statistics;

/// <summary>Beside scipy, scikit-learn and statsmodels; the files say which call each number is from.</summary>
public sealed class GoldenTests
{
    [Theory]
    [InlineData("score-50")]
    [InlineData("score-1000")]
    [InlineData("score-ties-1000")]
    [InlineData("score-miscalibrated-5000")]
    [InlineData("score-inverted")]
    [InlineData("score-rare-20000")]
    [InlineData("score-constant")]
    [InlineData("score-extreme")]
    [InlineData("score-perfect")]
    public void Scores_WithOutcomes_HaveTheKnownAucKsAndInterval(string name)
    {
        (StatisticsGolden golden, RankedScores ranked) = Ranked(name);
        AucInterval interval = AucInterval.Of(ranked).ShouldNotBeNull();

        golden.ShouldHave("auc", Discrimination.Auc(ranked));
        golden.ShouldHave("ks", Discrimination.Ks(ranked).Value);
        golden.ShouldHave("ks.at", Discrimination.Ks(ranked).Score);
        golden.ShouldHave("delong.variance", interval.Variance);
        double[] bounds = [.. golden.Value("delong.ci95").EnumerateArray().Select(StatisticsGolden.Number)];
        interval.Lower.ShouldBe(Math.Max(0, bounds[0]), 1e-9);
        interval.Upper.ShouldBe(Math.Min(1, bounds[1]), 1e-9);
    }

    [Theory]
    [InlineData("score-50")]
    [InlineData("score-1000")]
    [InlineData("score-ties-1000")]
    [InlineData("score-miscalibrated-5000")]
    [InlineData("score-inverted")]
    [InlineData("score-rare-20000")]
    public void Probabilities_WithOutcomes_HaveTheKnownCalibration(string name)
    {
        (StatisticsGolden golden, RankedScores ranked) = Ranked(name);
        CalibrationLine line = Calibration.Line(ranked).ShouldNotBeNull();

        golden.ShouldHave("calibration.in_the_large", Calibration.InTheLarge(ranked));
        golden.ShouldHave("calibration.intercept_slope", [line.Intercept, line.Slope]);
        IReadOnlyList<CalibrationBand> bands = Calibration.ByBand(ranked, [0.05, 0.1, 0.2, 0.4]);
        JsonElement[] known = [.. golden.Value("bands").EnumerateArray()];
        foreach ((CalibrationBand band, JsonElement row) in bands.Where(band => band.Rows > 0)
            .Zip(known.Where(row => row[0].GetInt64() > 0)))
        {
            (band.Rows, band.Bads).ShouldBe((row[0].GetInt64(), row[1].GetInt64()));
            band.MeanProbability.ShouldBe(row[2].GetDouble(), 1e-13);
            double p = row[3].GetDouble();
            band.Jeffreys.ShouldBe(p, (1e-9 * p) + 1e-300);
        }
    }

    /// <summary>
    /// The golden groups part ties by the order of the rows; ours keep them together, so only scores without ties compare.
    /// </summary>
    [Theory]
    [InlineData("score-50")]
    [InlineData("score-1000")]
    [InlineData("score-miscalibrated-5000")]
    [InlineData("score-inverted")]
    [InlineData("score-rare-20000")]
    public void Probabilities_WithoutTies_HaveTheKnownHosmerLemeshow(string name)
    {
        (StatisticsGolden golden, RankedScores ranked) = Ranked(name);
        HosmerLemeshow test = Calibration.Test(ranked).ShouldNotBeNull();
        golden.ShouldHave("hosmer_lemeshow", [test.Statistic, test.Degrees, test.PValue]);
    }

    [Theory]
    [InlineData("two-200-300")]
    [InlineData("two-missing-2000")]
    [InlineData("two-ties-500")]
    [InlineData("two-apart-300")]
    [InlineData("two-constant")]
    [InlineData("two-tiny")]
    [InlineData("two-all-missing")]
    [InlineData("two-heavy-5000")]
    [InlineData("two-binary-1000")]
    [InlineData("two-spike-3000")]
    public void Psi_TwoSamples_IsTheKnownOneWithItsLimit(string name)
    {
        var golden = StatisticsGolden.Read(name);
        double[] reference = golden.Column("reference");
        var bins = QuantileBins.Of(reference);
        long[] before = bins.Count(reference), now = bins.Count(golden.Column("current"));
        var psi = PopulationStability.Of(before, now);

        golden.ShouldHave("psi.edges", bins.Edges);
        golden.ShouldHave("psi", psi.Value);
        golden.ShouldHave("psi.bins", psi.Bins);
        if (psi.Bins > 1) golden.ShouldHave("psi.limit95", psi.Limit);
    }

    [Fact]
    public void Distributions_KnownPoints_HaveTheKnownTails()
    {
        var golden = StatisticsGolden.Read("distributions");
        foreach (JsonElement row in golden.Value("chi2.ppf").EnumerateArray())
            ChiSquared.Quantile(1 - row[0].GetDouble(), row[1].GetInt32()).ShouldBe(row[2].GetDouble(), 1e-11 * row[2].GetDouble());
        foreach (JsonElement row in golden.Value("chi2.sf").EnumerateArray())
            ChiSquared.Tail(row[0].GetDouble(), row[1].GetInt32()).ShouldBe(row[2].GetDouble(), (1e-10 * row[2].GetDouble()) + 1e-300);
        foreach (JsonElement row in golden.Value("beta.cdf").EnumerateArray()
            .Where(row => (row[1].GetDouble() % 1, row[2].GetDouble() % 1) == (0.5, 0.5)))
        {
            long bads = (long)row[1].GetDouble(), goods = (long)row[2].GetDouble();
            if (bads + goods > 0) JeffreysTest.PValue(row[0].GetDouble(), bads, bads + goods)
                .ShouldBe(row[3].GetDouble(), 1e-9 * row[3].GetDouble());
        }
    }

    [Fact]
    public void AucInterval_OneBad_HasNone() => AucInterval.Of(Ranked("score-one-bad").Ranked).ShouldBeNull();

    [Fact]
    public void Line_SeparatedOrConstant_HasNone()
    {
        Calibration.Line(Ranked("score-perfect").Ranked).ShouldBeNull();
        Calibration.Line(Ranked("score-constant").Ranked).ShouldBeNull();
    }

    private static (StatisticsGolden Golden, RankedScores Ranked) Ranked(string name)
    {
        var golden = StatisticsGolden.Read(name);
        double[] scores = golden.Column("score");
        return (golden, RankedScores.Create(scores, golden.Labels(scores)));
    }
}
