using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace BatchScoring.Models.CatBoost.Formats.Cbm;

/// <summary>Reads the trees, their leaves, scale and bias.</summary>
internal static class CbmTrees
{
    public static CatBoostModelParts Read(FlatTable trees, LoadBudget budget)
    {
        ImmutableArray<int> sizes = trees.Array<int>(2);
        CheckStarts(sizes, trees.Values<int>(3));
        ImmutableArray<int> splits = trees.Array<int>(1);
        ImmutableArray<TreeNode> nodes = trees.Array<TreeNode>(10);
        int outputs = trees.Int32(0);
        ImmutableArray<double> leafValues = trees.Array<double>(8);
        return new CatBoostModelParts
        {
            OutputCount = outputs,
            Symmetric = nodes.IsEmpty ? new SymmetricTrees { Depths = sizes, Splits = splits } : null,
            NonSymmetric = nodes.IsEmpty
                ? null
                : new NonSymmetricTrees { NodeCounts = sizes, Splits = splits, Nodes = nodes, LeafOffsets = trees.Array<uint>(11) },
            LeafValues = leafValues,
            LeafWeights = trees.Array<double>(9),
            Scale = trees.Double(14, missing: 1),
            Bias = ReadBias(trees, outputs, leafValues.Length, budget),
        };
    }

    /// <summary>
    /// CatBoost needs the starts and writes the trees in a row; starts that say something else would share nodes between trees.
    /// </summary>
    private static void CheckStarts(ImmutableArray<int> sizes, ReadOnlySpan<int> starts)
    {
        if (starts.Length != sizes.Length) Fault.Invalid($"it has {sizes.Length} tree sizes and {starts.Length} tree starts");
        long next = 0L;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (starts[i] != next) Fault.Invalid($"tree {i} starts at split {starts[i]}, the trees before it end at {next}");
            next += sizes[i];
        }
    }

    private static ImmutableArray<double> ReadBias(FlatTable trees, int outputs, int leafValues, LoadBudget budget)
    {
        ImmutableArray<double> bias = trees.Array<double>(16);
        double old = trees.Double(15);
        if (!bias.IsEmpty || old == 0) return bias;
        if (outputs < 1 || outputs > leafValues) Fault.Invalid($"it has {outputs} outputs per row and {leafValues} leaf values");
        if (outputs > 1) Fault.Invalid($"it has one bias for {outputs} outputs");
        budget.Charge(32);
        return ImmutableCollectionsMarshal.AsImmutableArray([old]);
    }
}
