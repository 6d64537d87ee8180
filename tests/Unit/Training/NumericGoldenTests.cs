using BatchScoring.Models;

namespace BatchScoring.Tests.Unit.Training;

/// <summary>Losses, samples, borders, weights, one-hot categories, bundles, large tables: CatBoost's own models, to the bit.</summary>
public sealed class NumericGoldenTests
{
    public static TheoryData<string> Names { get; } = [.. NumericCase.Names];

    [Fact]
    public void Cases_ThatAreTried_AreMany() => Names.Count.ShouldBeGreaterThanOrEqualTo(82);

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_Case_IsTheSameModel(string name)
    {
        NumericCase given = new(name);
        CatBoostModel ours = given.Train(), theirs = given.Theirs;

        Splits(ours).ShouldBe(Splits(theirs));
        ours.Symmetric!.Depths.ShouldBe(theirs.Symmetric!.Depths);
        Bits(ours.LeafValues).ShouldBe(Bits(theirs.LeafValues));
        ours.Bias.Sum().ShouldBe(theirs.Bias.Sum());
        ours.LeafWeights.Zip(theirs.LeafWeights).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * Math.Abs(pair.Second));
    }

    /// <summary>Feature and border or category of every split.</summary>
    private static (string, float)[] Splits(CatBoostModel model)
    {
        (string, float)[] all =
        [
            .. model.FloatFeatures.SelectMany(feature => feature.Borders.Select(border => (feature.Id, border))),
            .. model.OneHotFeatures.SelectMany(feature => feature.Values.Select(value => (model.CategoricalFeatures[feature.Feature].Id, (float)value))),
        ];
        return [.. model.Symmetric!.Splits.Select(split => all[split])];
    }

    private static long[] Bits(IEnumerable<double> values) => [.. values.Select(BitConverter.DoubleToInt64Bits)];
}
