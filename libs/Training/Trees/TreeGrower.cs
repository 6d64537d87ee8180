using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>Grows symmetric trees level by level: every level has one split, the best for all leaves together.</summary>
internal sealed class TreeGrower(TrainingParameters parameters, double lambda, RowSampler sampler, int outputs, Workers workers)
{
    private readonly Dictionary<Fold, ColumnSums> _columns = [];
    private readonly CtrCandidates _ctrs = new(parameters, outputs, lambda);
    private readonly SplitChoice _choice = new(parameters, workers);
    private ushort[] _leaves = [];

    /// <summary>Numbers made of categories that cost nothing any more.</summary>
    public ICollection<(Models.CtrType Type, Projection Projection)> Used => _ctrs.Used;

    /// <summary>Grows a tree.</summary>
    /// <param name="fold">The rows.</param>
    /// <param name="derivatives">Outputs × rows of the fold.</param>
    /// <param name="random">Every level draws the same number of times, whatever the noise.</param>
    /// <param name="noise">The size of what is added to scores.</param>
    public GrownTree Grow(Fold fold, double[][] derivatives, CatBoostRandom random, double noise)
    {
        if (!_columns.TryGetValue(fold, out ColumnSums? columns))
            _columns.Add(fold, columns = new ColumnSums(fold.Columns, fold.Rows, parameters, lambda, outputs, workers));
        List<Split> splits = [];
        if (_leaves.Length != fold.Rows) _leaves = new ushort[fold.Rows];
        ushort[] leaves = _leaves;
        Array.Clear(leaves);
        RowSample? sample = sampler.IsPerLevel ? null : sampler.Draw(derivatives, fold.Weights, random);
        columns.BeginTree();
        _choice.BeginTree();
        if (fold.HasCtrs) _ctrs.BeginTree(fold);
        while (splits.Count < parameters.Depth)
        {
            CandidateTask[] tasks = columns.Choose(random);
            if (fold.HasCtrs) tasks = [.. tasks, .. _ctrs.Draw(fold, splits, random, workers)];
            if (tasks.Length == 0)
            {
                random.Next();
                break;
            }

            columns.Level(sample ?? sampler.Draw(derivatives, fold.Weights, random), leaves, splits.Count, _ctrs.Sums);
            Split split = _choice.Best(tasks, random, noise, columns.Margin);
            _ctrs.Use(split);
            fold.Mark(split, leaves, splits.Count, workers);
            splits.Add(split);
            if (Redundant(leaves, splits.Count) is { } redundant) return Without(splits, leaves, redundant);
        }

        return new GrownTree(splits, leaves);
    }

    /// <summary>The first split that parts no leaf from another, or null. A few rows mostly show that there is none.</summary>
    private static int? Redundant(ReadOnlySpan<ushort> leaves, int splits)
    {
        const int Glance = 512;
        bool[] has = new bool[1 << splits];
        int? redundant = 0;
        for (int start = 0; start < leaves.Length && redundant is not null; start += Glance)
        {
            foreach (int leaf in leaves.Slice(start, Math.Min(Glance, leaves.Length - start))) has[leaf] = true;
            redundant = PartsNothing(has, splits);
        }

        return redundant;
    }

    private static int? PartsNothing(bool[] has, int splits)
    {
        for (int split = 0; split < splits; split++)
        {
            bool parts = false;
            for (int leaf = 0; leaf < has.Length && !parts; leaf++) parts = (leaf >> split & 1) == 0 && has[leaf]
                && has[leaf | (1 << split)];
            if (!parts) return split;
        }

        return null;
    }

    private static GrownTree Without(List<Split> splits, ushort[] leaves, int split)
    {
        splits.RemoveAt(split);
        int low = (1 << split) - 1;
        return new GrownTree(splits, [.. leaves.Select(leaf => (ushort)((leaf & low) | (leaf >> (split + 1) << split)))]);
    }
}

/// <summary>A symmetric tree before its leaves have values.</summary>
/// <param name="Splits">One per level.</param>
/// <param name="Leaves">The leaf of every row: bit k is the answer of split k, of sixteen at most. Valid until the next tree: the array is used again.</param>
internal sealed record GrownTree(IReadOnlyList<Split> Splits, ushort[] Leaves)
{
    public int LeafCount => 1 << Splits.Count;
}
