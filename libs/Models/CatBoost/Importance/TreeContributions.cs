namespace BatchScoring.Models.CatBoost.Importance;

/// <summary>
/// What each player adds to a tree's value for a row: Shapley values where a player that is not asked lets the row go both ways, by the
/// weights of the training rows. Thread safe.
/// </summary>
/// <remarks>Lundberg, Erion, Lee: Consistent individualized feature attribution for tree ensembles (arXiv:1802.03888).</remarks>
internal sealed class TreeContributions
{
    /// <summary>Children with less weight are passed over, as CatBoost does.</summary>
    private const double LeastWeight = 1e-13;

    private readonly CatBoostModel _model;
    private readonly WeightedTree _tree;
    private readonly int[] _slots;

    /// <summary>Of a symmetric tree: the values for the rows of each leaf, made when the first such row comes.</summary>
    private readonly double[]?[]? _known;

    public TreeContributions(CatBoostModel model, WeightedTree tree, SplitParts parts)
    {
        (_model, _tree) = (model, tree);
        Players = [.. tree.Splits.Where(split => split >= 0).Select(split => parts.Players[parts.Features[split]]).Distinct()];
        _slots = [.. tree.Splits.Select(split => split < 0 ? -1 : Array.IndexOf(Players, parts.Players[parts.Features[split]]))];
        if (model.Symmetric is not null) _known = new double[(tree.Splits.Count + 1) / 2][];
    }

    /// <summary>The players of the tree.</summary>
    public int[] Players { get; }

    /// <summary>The values for a row: <see cref="Players"/> × outputs. Not to be changed.</summary>
    /// <param name="answers">The row's, one per binary feature.</param>
    public double[] Of(bool[] answers)
    {
        if (_known is null) return Compute(answers);
        int node = 0;
        while (_tree.Leaves[node] < 0) node = answers[_tree.Splits[node]] ? _tree.Right[node] : _tree.Left[node];
        return _known[node - (_known.Length - 1)] ??= Compute(answers);
    }

    private double[] Compute(bool[] answers)
    {
        double[] values = new double[Players.Length * _model.OutputCount];
        Walk(0, new PlayerPath(Players.Length), answers, values);
        return values;
    }

    private void Walk(int node, PlayerPath path, bool[] answers, double[] values)
    {
        if (_tree.Leaves[node] is >= 0 and { } leaf)
        {
            path.Share(_model.LeafValues.AsSpan(leaf * _model.OutputCount, _model.OutputCount), values);
            return;
        }

        foreach ((int child, bool answer) in new[] { (_tree.Left[node], false), (_tree.Right[node], true) })
        {
            if (_tree.Weights[child] <= LeastWeight) continue;
            (double share, bool isTaken) before = path.Take(
                _slots[node], _tree.Weights[child] / _tree.Weights[node], answers[_tree.Splits[node]] == answer);
            Walk(child, path, answers, values);
            path.Restore(_slots[node], before);
        }
    }
}
