using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>Deeper than CatBoost trains (16), which a file may still hold.</summary>
public sealed class DeepTreeTests
{
    [Theory]
    [InlineData(17)]
    [InlineData(20)]
    public void Score_DeepSymmetricTree_HasTheReferencesBits(int depth)
    {
        var model = new CatBoostModel(new CatBoostModelParts
        {
            FloatFeatures = [new FloatFeature { Index = 0, FlatIndex = 0,
                Borders = [.. Enumerable.Range(0, depth).Select(border => (float)border)] }],
            Symmetric = new() { Depths = [depth, 0], Splits = [.. Enumerable.Range(0, depth)] },
            LeafValues = [.. Enumerable.Range(0, (1 << depth) + 1).Select(leaf => leaf * 0.1)],
        });
        var table = new ModelTable(model.Inputs, 100);
        for (int row = 0; row < 100; row++) table.Numeric(0)[row] = (row % (depth + 2)) - 0.5f;
        double[][] expected = table.Score(Evaluators.Create(model, "reference"));
        expected[0].Distinct().Count().ShouldBe(depth + 1);
        foreach (string name in Evaluators.Available) Bits.ShouldBe(expected, table.Score(Evaluators.Create(model, name)), name);
        Bits.ShouldBe(expected, Bits.ScoreRows(table, new RowScorer(model)), "row by row");
    }

    [Fact]
    public void Score_NodesThatManyPathsShare_TakesNoLongerThanTheNodes()
    {
        // Every node leads to the next two: walked path by path this would never end.
        const int Nodes = 5_000;
        var model = new CatBoostModel(new CatBoostModelParts
        {
            FloatFeatures = [new FloatFeature { Index = 0, FlatIndex = 0, Borders = [0, 1, 2] }],
            NonSymmetric = new()
            {
                NodeCounts = [Nodes],
                Nodes = [.. Enumerable.Range(0, Nodes).Select(node => new TreeNode(Step(node, 1), Step(node, 2)))],
                Splits = [.. Enumerable.Range(0, Nodes).Select(node => node % 3)],
                LeafOffsets = [.. Enumerable.Range(0, Nodes).Select(node => (uint)node)],
            },
            LeafValues = [.. Enumerable.Range(0, Nodes).Select(leaf => leaf * 0.1)],
        });
        var table = new ModelTable(model.Inputs, 4);
        float[] values = [-1, 0.5f, 1.5f, 3];
        values.CopyTo(table.Numeric(0));
        double[][] expected = table.Score(Evaluators.Create(model, "reference"));
        foreach (string name in Evaluators.Available) Bits.ShouldBe(expected, table.Score(Evaluators.Create(model, name)), name);
        Bits.ShouldBe(expected, Bits.ScoreRows(table, new RowScorer(model)), "row by row");

        static ushort Step(int node, int step) => (ushort)(node + step < Nodes ? step : 0);
    }

    [Fact]
    public void Load_LeavesThatShareValues_AreRefused() =>
        Should.Throw<ModelException>(() => new CatBoostModel(new CatBoostModelParts
        {
            OutputCount = 1000,
            NonSymmetric = new() { NodeCounts = [1, 1], Nodes = [new(0, 0), new(0, 0)], Splits = [0, 0], LeafOffsets = [0, 0] },
            LeafValues = [.. new double[1000]],
        })).Code.ShouldBe(ModelErrorCodes.Invalid);
}
