using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>Grows symmetric trees level by level: every level has one split, the best for all leaves together.</summary>
internal sealed class TreeGrower(IReadOnlyList<QuantisedColumn> columns, int depth, double lambda)
{
    private readonly Histogram[] _histograms = [.. Candidate.Of(columns).Select(candidate => new Histogram(candidate))];

    /// <summary>Grows a tree.</summary>
    /// <param name="sample">Rows to choose by.</param>
    /// <param name="random">Every level draws the same number of times, whatever the noise.</param>
    /// <param name="noise">Standard deviation of what is added to scores.</param>
    public GrownTree Grow(RowSample sample, CatBoostRandom random, double noise)
    {
        List<Split> splits = [];
        int[] leaves = new int[columns[0].Bins.Length];
        double before = 0;
        Parallel.ForEach(_histograms, histogram => histogram.Start(sample));
        while (splits.Count < depth && Best(before, random, noise) is var (split, score))
        {
            before = score;
            int bit = splits.Count;
            ushort[] bins = columns[split.Column].Bins;
            int[] next = [.. leaves.Select((leaf, row) => bins[row] > split.Border ? leaf | (1 << bit) : leaf)];
            splits.Add(split);
            if (Redundant(next, splits.Count) is { } redundant) return Without(splits, next, redundant);
            if (splits.Count < depth) Descend(sample, leaves, next, bit);
            leaves = next;
        }

        return new GrownTree(splits, leaves);
    }

    /// <summary>Of every candidate the split with the best noisy score; of these the best gain with a noise of its own. First ones win.</summary>
    private (Split Split, double Score)? Best(double before, CatBoostRandom random, double noise)
    {
        foreach (Histogram histogram in _histograms)
            for (int column = 0; column < histogram.Candidate.Columns; column++) random.NextReal(); // whether to look at it: always
        if (_histograms.Length == 0) return null;
        ulong seed = random.Next();
        var best = new (Split Split, double Score)[_histograms.Length];
        Parallel.For(0, best.Length, number => best[number] = Best(_histograms[number], seed + (ulong)number, noise));
        (Split Split, double Score)? chosen = null;
        double gain = double.NegativeInfinity;
        foreach ((Split split, double score) in best)
        {
            double noisy = score + (noise * random.NextNormal()) - before;
            if (!(noisy > gain)) continue;
            gain = noisy;
            chosen = (split, score);
        }

        return chosen;
    }

    private (Split Split, double Score) Best(Histogram histogram, ulong seed, double noise)
    {
        CosineScore score = histogram.Score(lambda);
        var own = CatBoostRandom.Of(seed);
        int first = -1;
        double highest = double.NegativeInfinity;
        for (int split = 0; split < histogram.Candidate.Splits.Length; split++)
        {
            double noisy = noise == 0 ? score[split] : score[split] + (noise * own.NextNormal());
            if (first >= 0 && !(noisy > highest)) continue;
            (first, highest) = (split, noisy);
        }

        return (histogram.Candidate.Splits[first], score[first]);
    }

    private void Descend(RowSample sample, int[] leaves, int[] next, int bit)
    {
        int yes = sample.Rows.Count(row => next[row] >> bit == 1);
        bool isTrueSide = 2 * yes <= sample.Rows.Length;
        int[] smaller = [.. Enumerable.Range(0, sample.Rows.Length).Where(i => next[sample.Rows[i]] >> bit == 1 == isTrueSide)];
        Parallel.ForEach(_histograms, histogram => histogram.Split(sample, smaller, isTrueSide, leaves, 1 << bit));
    }

    /// <summary>The first split that parts no leaf from another, or null.</summary>
    private static int? Redundant(int[] leaves, int splits)
    {
        bool[] has = new bool[1 << splits];
        foreach (int leaf in leaves) has[leaf] = true;
        for (int split = 0; split < splits; split++)
        {
            bool parts = false;
            for (int leaf = 0; leaf < has.Length && !parts; leaf++) parts = (leaf >> split & 1) == 0 && has[leaf] && has[leaf | (1 << split)];
            if (!parts) return split;
        }

        return null;
    }

    private static GrownTree Without(List<Split> splits, int[] leaves, int split)
    {
        splits.RemoveAt(split);
        int low = (1 << split) - 1;
        return new GrownTree(splits, [.. leaves.Select(leaf => (leaf & low) | (leaf >> (split + 1) << split))]);
    }
}

/// <summary>A symmetric tree before its leaves have values.</summary>
/// <param name="Splits">One per level.</param>
/// <param name="Leaves">The leaf of every row: bit k is the answer of split k.</param>
internal sealed record GrownTree(IReadOnlyList<Split> Splits, int[] Leaves)
{
    public int LeafCount => 1 << Splits.Count;
}
