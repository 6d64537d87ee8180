namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>How much pairs of columns change the model's values together.</summary>
/// <param name="model">The model.</param>
/// <param name="isCorrected">Whether CatBoost's faults are left out, see <see cref="FeatureImportance.Interactions"/>.</param>
internal sealed class Interactions(CatBoostModel model, bool isCorrected)
{
    private readonly SplitParts _parts = new(model);
    private readonly Dictionary<(int, int), double> _features = [];
    private readonly Dictionary<int, int> _seen = [];

    public IEnumerable<FeatureInteraction> Find()
    {
        if (model.Symmetric is { } symmetric) AddSymmetric(symmetric);
        else foreach (WeightedTree tree in WeightedTree.Of(model)) AddNodes(tree);
        double all = _features.Values.Sum();
        Dictionary<(int First, int Second), double> columns = [];
        foreach (((int one, int other), double score) in _features.OrderBy(pair => pair.Key))
        {
            if (isCorrected) ShareOut(one, other, score, columns);
            else ShareOutAsCatBoost(one, other, score, columns);
        }

        if (isCorrected) all = columns.Values.Sum();
        return columns.OrderByDescending(pair => pair.Value)
            .Select(pair => new FeatureInteraction(pair.Key.First, pair.Key.Second, all > 0 ? 100 * pair.Value / all : 0));
    }

    private void AddSymmetric(SymmetricTrees trees)
    {
        int firstSplit = 0, firstLeaf = 0;
        foreach (int depth in trees.Depths)
        {
            See(trees.Splits.AsSpan(firstSplit, depth));
            for (int i = 0; i < depth; i++)
                for (int j = i + 1; j < depth; j++)
                {
                    int bits = 1 << i | 1 << j;
                    Add(trees.Splits[firstSplit + i], trees.Splits[firstSplit + j], Enumerable.Range(0, 1 << depth).Select(leaf =>
                        (firstLeaf + leaf, IsSame: (leaf & bits) == 0 || (leaf & bits) == bits)));
                }

            firstSplit += depth;
            firstLeaf += 1 << depth;
        }
    }

    private void See(ReadOnlySpan<int> splits)
    {
        foreach (int split in splits) _seen.TryAdd(_parts.Features[split], _seen.Count);
    }

    private void AddNodes(WeightedTree tree)
    {
        See([.. tree.Splits.Where(split => split >= 0)]);
        Dictionary<(int, int), double[]> sums = [];
        Walk(tree, 0, [], sums);
        foreach (((int, int) pair, double[] values) in sums) _features[pair] = _features.GetValueOrDefault(pair) + Size(values);
    }

    private void Walk(WeightedTree tree, int node, List<(int Feature, bool Answer)> path, Dictionary<(int, int), double[]> sums)
    {
        if (tree.Leaves[node] >= 0)
        {
            for (int i = 0; i < path.Count; i++)
                for (int j = i + 1; j < path.Count; j++)
                {
                    if (path[i].Feature == path[j].Feature) continue;
                    (int, int) pair = InOrder(path[i].Feature, path[j].Feature);
                    if (!sums.TryGetValue(pair, out double[]? values)) sums.Add(pair, values = new double[model.OutputCount]);
                    Accumulate(values, tree.Leaves[node], path[i].Answer == path[j].Answer);
                }

            return;
        }

        int feature = _parts.Features[tree.Splits[node]];
        path.Add((feature, false));
        Walk(tree, tree.Left[node], path, sums);
        path[^1] = (feature, true);
        Walk(tree, tree.Right[node], path, sums);
        path.RemoveAt(path.Count - 1);
    }

    private void Add(int split, int otherSplit, IEnumerable<(int Leaf, bool IsSame)> leaves)
    {
        if (_parts.Features[split] == _parts.Features[otherSplit]) return;
        (int feature, int other) = InOrder(_parts.Features[split], _parts.Features[otherSplit]);
        double[] values = new double[model.OutputCount];
        foreach ((int leaf, bool isSame) in leaves) Accumulate(values, leaf, isSame);
        _features[(feature, other)] = _features.GetValueOrDefault((feature, other)) + Size(values);
    }

    /// <summary>CatBoost adds up all outputs before it asks for the size.</summary>
    private void Accumulate(double[] values, int leaf, bool isSame)
    {
        for (int output = 0; output < values.Length; output++)
        {
            double value = model.LeafValues[(leaf * values.Length) + output];
            values[isCorrected ? output : 0] += isSame ? -value : value;
        }
    }

    private static double Size(double[] values) => values.Sum(Math.Abs);

    /// <summary>Features in the order in which the trees first ask for them: which of two is shared out first depends on it.</summary>
    private (int, int) InOrder(int feature, int other) => _seen[feature] < _seen[other] ? (feature, other) : (other, feature);

    private static (int, int) Ordered(int one, int other) => one < other ? (one, other) : (other, one);

    /// <summary>Every column of the one with every column of the other; what a column does with itself is no pair.</summary>
    private void ShareOut(int one, int other, double score, Dictionary<(int, int), double> columns)
    {
        (int, int)[] pairs = [.. _parts.WholeColumns(one).SelectMany(first => _parts.WholeColumns(other)
            .Where(second => second != first).Select(second => Ordered(first, second)))];
        foreach ((int, int) pair in pairs) columns[pair] = columns.GetValueOrDefault(pair) + (score / pairs.Length);
    }

    /// <summary>Once two columns were exchanged to be in order, the first one stays exchanged for the rest of the second's columns.</summary>
    private void ShareOutAsCatBoost(int one, int other, double score, Dictionary<(int, int), double> columns)
    {
        int[] firsts = _parts.PairColumns[one], seconds = _parts.PairColumns[other];
        foreach (int column in firsts)
        {
            int first = column;
            foreach (int again in seconds)
            {
                int second = again;
                if (first == second) continue;
                if (second < first) (first, second) = (second, first);
                columns[(first, second)] = columns.GetValueOrDefault((first, second)) + (score / (firsts.Length * seconds.Length));
            }
        }
    }
}
