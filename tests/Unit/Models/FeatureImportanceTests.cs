using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

public sealed class FeatureImportanceTests
{
    private const double Percent = 1e-9 * 100;

    public static TheoryData<string> WithValues => [.. GoldenImportance.Names
        .Where(name => GoldenImportance.Load(name).Column("PredictionValuesChange") is not null)];

    public static TheoryData<string> WithPairs => [.. GoldenImportance.Names
        .Where(name => GoldenImportance.Load(name) is { Model.Loss: not "MultiClass" } golden && golden.Interactions() is not null)];

    public static TheoryData<string> WithRows => [.. GoldenImportance.Names
        .Where(name => GoldenImportance.Load(name) is { Model.Scale: 1 } golden && golden.Rows() is not null && name != "depthwise")]; // tiny-depthwise is one

    [Theory]
    [MemberData(nameof(WithValues))]
    public void PredictionValuesChange_GoldenCase_IsCatBoosts(string name)
    {
        var golden = GoldenImportance.Load(name);

        FeatureImportance.PredictionValuesChange(golden.Model).ShouldBe(golden.Column("PredictionValuesChange")!, Percent);
    }

    [Theory]
    [MemberData(nameof(WithPairs))]
    public void Interactions_GoldenCase_AreCatBoosts(string name)
    {
        var golden = GoldenImportance.Load(name);
        Dictionary<(int First, int Second), double> expected = golden.Interactions()!;

        var found = FeatureImportance.Interactions(golden.Model).ToDictionary(pair => (pair.First, pair.Second), pair => pair.Percent);

        found.Keys.ShouldBe(expected.Keys, ignoreOrder: true);
        foreach (((int, int) pair, double percent) in expected) found[pair].ShouldBe(percent, Percent);
    }

    [Theory]
    [InlineData("categorical-onehot")]
    [InlineData("tiny-combinations")]
    [InlineData("multiclass")]
    public void Interactions_Corrected_LoseNothing(string name)
    {
        FeatureInteraction[] pairs = [.. FeatureImportance.Interactions(GoldenImportance.Load(name).Model, isCorrected: true)];

        pairs.Sum(pair => pair.Percent).ShouldBe(100, Percent);
        pairs.ShouldAllBe(pair => pair.First < pair.Second);
        pairs.Select(pair => pair.Percent).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public void Interactions_OfMultiClassAsCatBoost_AreRefused() => Should.Throw<ModelException>(() =>
        FeatureImportance.Interactions(GoldenImportance.Load("multiclass").Model)).Code.ShouldBe(ModelErrorCodes.NoImportance);

    [Theory]
    [MemberData(nameof(WithRows))]
    public void LossFunctionChange_GoldenCase_IsCatBoosts(string name)
    {
        var golden = GoldenImportance.Load(name);
        LossFunctionChange change = new(golden.Model);

        Add(change, golden);

        change.Changes().ShouldBe((golden.Column("LossFunctionChange_additive") ?? golden.Column("LossFunctionChange"))!, 1e-9);
    }

    [Fact]
    public void LossFunctionChange_CombinationBeforeItsCategory_GivesNumbersAShareOnlyAsCatBoost()
    {
        var golden = GoldenImportance.Load("tiny-combinations");
        CatBoostModel model = CtrsBackwards(golden.Model);
        LossFunctionChange usual = new(model), corrected = new(model, isCorrected: true);

        Add(usual, golden);
        Add(corrected, golden);

        double[] withoutOrder = golden.Column("LossFunctionChange")!;
        corrected.Changes().ShouldBe(withoutOrder, 1e-9); // here each set of categories has a feature of its own, which comes first
        usual.Changes().Sum().ShouldBe(withoutOrder.Sum(), 1e-9);
        usual.Changes()[^1].ShouldBeGreaterThan(withoutOrder[^1] + 1e-4);
    }

    [Theory]
    [InlineData("tiny")]
    [InlineData("tiny-depthwise")]
    [InlineData("tiny-combinations")]
    [InlineData("multiclass")]
    [InlineData("categorical-ctr-all")]
    public void Scorer_EveryRow_AddsUpToItsRawValue(string name)
    {
        var golden = GoldenImportance.Load(name);
        double[][] scores = golden.Rows()!.Value.Table.Score(new LossFunctionChange(golden.Model).Scorer);

        int outputs = golden.Model.OutputCount;
        for (int output = 0; output < outputs; output++)
        {
            double[][] added = [.. Enumerable.Range(1, (scores.Length / outputs) - 1).Select(player => scores[(player * outputs) + output])];
            double[] expected = [.. scores[output].Select((raw, row) => raw - added.Sum(player => player[row]))];
            expected.ShouldBe([.. expected.Select(_ => expected[0])], 1e-9 * (1 + Math.Abs(expected[0])));
        }
    }

    [Theory]
    [InlineData("tiny-no-leaf-weights", "does not say how many training rows")]
    [InlineData("tiny-zero-weight-with-value", "has a value but no training rows")]
    [InlineData("tiny-multirmse", "the loss MultiRMSE")]
    public void LossFunctionChange_WhereItCannotBeTold_IsRefused(string name, string reason)
    {
        ModelException refused = Should.Throw<ModelException>(() => new LossFunctionChange(GoldenImportance.Load(name).Model));

        refused.Code.ShouldBe(ModelErrorCodes.NoImportance);
        refused.Message.ShouldContain(reason);
    }

    private static void Add(LossFunctionChange change, GoldenImportance golden)
    {
        (ModelTable table, float[] labels) = golden.Rows()!.Value;
        change.Add([.. table.Score(change.Scorer).SelectMany(output => output)], labels);
    }

    /// <summary>The same model with its CTRs in the opposite order.</summary>
    private static CatBoostModel CtrsBackwards(CatBoostModel model)
    {
        int count = model.CtrFeatures.Length, first = model.BinaryFeatureStarts.Length - 1 - count;
        int[] starts = new int[count];
        for (int ctr = count - 1, next = model.BinaryFeatureStarts[first]; ctr >= 0; next += model.CtrFeatures[ctr--].Borders.Length)
            starts[ctr] = next;
        return new CatBoostModel(new CatBoostModelParts
        {
            FloatFeatures = model.FloatFeatures,
            CategoricalFeatures = model.CategoricalFeatures,
            OneHotFeatures = model.OneHotFeatures,
            CtrFeatures = [.. model.CtrFeatures.Reverse()],
            CtrTables = model.CtrTables,
            Symmetric = new SymmetricTrees
            {
                Depths = model.Symmetric!.Depths,
                Splits = [.. model.Symmetric.Splits.Select(split => model.BinaryFeatureAt(split) is { Kind: BinaryFeatureKind.Ctr } asked
                    ? starts[asked.Feature] + asked.Threshold : split)],
            },
            LeafValues = model.LeafValues,
            LeafWeights = model.LeafWeights,
            Bias = model.Bias,
            Info = model.Info,
        });
    }
}
