using BatchScoring.Models;
using BatchScoring.Tests.Testing.Models;

namespace BatchScoring.Tests.Unit.Models;

/// <summary>Non-symmetric trees of shapes that no trainer grows, but a file may hold.</summary>
public sealed class NodeTreeTests
{
    private const int Rows = 100;

    public static TheoryData<string> Fast => [.. Evaluators.Available.Where(name => name != "reference")];

    [Theory]
    [MemberData(nameof(Fast))]
    public void Score_NodeWithTwoParents_HasTheReferencesBits(string evaluator) =>
        HoldAgainstReference(
            Model(
                borders: 3,
                [new(1, 2), new(1, 0), new(2, 1), new(0, 0), new(0, 0)],
                [0, 1, 2, 0, 0]),
            evaluator);

    [Theory]
    [MemberData(nameof(Fast))]
    public void Score_ChainOfAThousandNodes_HasTheReferencesBits(string evaluator) => HoldAgainstReference(Chain(1_000), evaluator);

    // As a table it would need a gigabyte of masks, and as a recursion more stack than there is.
    [Theory]
    [MemberData(nameof(Fast))]
    public void Score_ChainOfAMillionNodes_HasTheReferencesBits(string evaluator) => HoldAgainstReference(Chain(1_000_000), evaluator);

    private static CatBoostModel Chain(int length) =>
        Model(
            borders: 50,
            [.. Enumerable.Range(0, length)
                .Select(node => node == length - 1 ? new TreeNode(0, 0) : new TreeNode((ushort)(node % 2), (ushort)((node + 1) % 2)))],
            [.. Enumerable.Range(0, length).Select(node => node % 50)]);

    private static CatBoostModel Model(int borders, TreeNode[] nodes, int[] splits) => new(new()
    {
        FloatFeatures = [new() { Index = 0, FlatIndex = 0, Borders = [.. Enumerable.Range(0, borders).Select(i => (float)i)] }],
        NonSymmetric = new()
        {
            NodeCounts = [nodes.Length],
            Nodes = [.. nodes],
            Splits = [.. splits],
            LeafOffsets = [.. Enumerable.Range(0, nodes.Length).Select(node => (uint)node)],
        },
        LeafValues = [.. Enumerable.Range(0, nodes.Length).Select(leaf => leaf + 0.1)],
    });

    private static void HoldAgainstReference(CatBoostModel model, string evaluator)
    {
        var table = new ModelTable(model.Inputs, Rows);
        for (int row = 0; row < Rows; row++) table.Numeric(0)[row] = (row * 7 % 60) - 5.5f;
        double[][] expected = table.Score(Evaluators.Create(model, "reference"));
        Bits.ShouldBe(expected, table.Score(Evaluators.Create(model, evaluator)), evaluator);
        Bits.ShouldBe(expected, Bits.ScoreRows(table, new RowScorer(model)), "one row");
    }
}
