namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>
/// A tree as nodes with the weight of the training rows that went through them; parents stand before their children. The root of a symmetric
/// tree is its last split, the highest bit of the leaf's number: so CatBoost explains it, and it matters where rows take a path in part.
/// </summary>
internal sealed class WeightedTree
{
    private const int None = -1;

    private readonly List<int> _splits = [], _left = [], _right = [], _leaves = [];

    private WeightedTree()
    {
    }

    /// <summary>The binary feature that a node asks for; -1 at leaves.</summary>
    public IReadOnlyList<int> Splits => _splits;

    /// <summary>Where to go if the answer is no.</summary>
    public IReadOnlyList<int> Left => _left;

    /// <summary>Where to go if the answer is yes.</summary>
    public IReadOnlyList<int> Right => _right;

    /// <summary>A leaf's number in the model; -1 at other nodes.</summary>
    public IReadOnlyList<int> Leaves => _leaves;

    /// <summary>Weight of the training rows of every node.</summary>
    public double[] Weights { get; private set; } = [];

    /// <summary>All trees of a model, in their order.</summary>
    /// <exception cref="ModelException">The model does not tell its leaves' weights.</exception>
    public static WeightedTree[] Of(CatBoostModel model)
    {
        if (model.LeafWeights.Length * model.OutputCount != model.LeafValues.Length)
            throw new ModelException(ModelErrorCodes.NoImportance,
                "The model does not say how many training rows its leaves had, and importance is counted by them. Save it as CatBoost trained it.");
        WeightedTree[] trees = [.. model.Symmetric is { } symmetric ? Symmetric(symmetric) : Nodes(model)];
        foreach (WeightedTree tree in trees) tree.Weigh(model);
        return trees;
    }

    private static IEnumerable<WeightedTree> Symmetric(SymmetricTrees trees)
    {
        int split = 0, leaf = 0;
        foreach (int depth in trees.Depths)
        {
            WeightedTree tree = new();
            int inner = (1 << depth) - 1;
            for (int node = 0; node < inner; node++)
                tree.Add(trees.Splits[split + depth - 1 - int.Log2(node + 1)], (2 * node) + 1, (2 * node) + 2, None);
            for (int i = 0; i <= inner; i++) tree.Add(None, None, None, leaf + i);
            yield return tree;
            split += depth;
            leaf += inner + 1;
        }
    }

    private static IEnumerable<WeightedTree> Nodes(CatBoostModel model)
    {
        int root = 0;
        foreach (int count in model.NonSymmetric!.NodeCounts)
        {
            WeightedTree tree = new();
            tree.Grow(model, root);
            yield return tree;
            root += count;
        }
    }

    /// <summary>A node that holds the leaf of one side becomes two.</summary>
    private int Grow(CatBoostModel model, int node)
    {
        NonSymmetricTrees trees = model.NonSymmetric!;
        (ushort left, ushort right) = trees.Nodes[node];
        int place = _splits.Count;
        int leaf = (int)(trees.LeafOffsets[node] / (uint)model.OutputCount);
        if (left == 0 && right == 0) return Add(None, None, None, leaf);
        Add(trees.Splits[node], None, None, None);
        _left[place] = left == 0 ? Add(None, None, None, leaf) : Grow(model, node + left);
        _right[place] = right == 0 ? Add(None, None, None, leaf) : Grow(model, node + right);
        return place;
    }

    private int Add(int split, int left, int right, int leaf)
    {
        _splits.Add(split);
        _left.Add(left);
        _right.Add(right);
        _leaves.Add(leaf);
        return _splits.Count - 1;
    }

    private void Weigh(CatBoostModel model)
    {
        Weights = new double[_splits.Count];
        for (int node = Weights.Length - 1; node >= 0; node--)
            Weights[node] = _leaves[node] >= 0 ? model.LeafWeights[_leaves[node]] : Weights[_left[node]] + Weights[_right[node]];
    }
}
