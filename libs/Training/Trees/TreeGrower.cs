using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>Grows symmetric trees level by level: every level has one split, the best for all leaves together.</summary>
internal sealed class TreeGrower(TrainingParameters parameters, double lambda, RowSampler sampler, int outputs)
{
    private const int SubtractionLeaves = 640;
    private readonly Dictionary<Fold, Histogram[]> _columns = [];
    private readonly CtrCandidates _ctrs = new(parameters, outputs);
    private readonly bool _subtracts = !sampler.IsPerLevel && (1 << parameters.Depth) * outputs < SubtractionLeaves;

    /// <summary>Grows a tree.</summary>
    /// <param name="fold">The rows.</param>
    /// <param name="derivatives">Outputs × rows of the fold.</param>
    /// <param name="random">Every level draws the same number of times, whatever the noise.</param>
    /// <param name="noise">The size of what is added to scores.</param>
    public GrownTree Grow(Fold fold, double[][] derivatives, CatBoostRandom random, double noise)
    {
        if (!_columns.TryGetValue(fold, out Histogram[]? columns))
            _columns.Add(fold, columns = [.. Candidate.Of(fold.Columns).Select(candidate => new Histogram(candidate, outputs))]);
        List<Split> splits = [];
        int[] leaves = new int[fold.Rows], parents = leaves;
        RowSample? sample = sampler.IsPerLevel ? null : sampler.Draw(derivatives, fold.Weights, random);
        foreach (Histogram histogram in columns) histogram.Forget();
        _ctrs.BeginTree();
        double before = 0;
        (int[] Places, bool IsTrueSide) smaller = ([], false);
        while (splits.Count < parameters.Depth)
        {
            Histogram[] present = [.. columns.Where(histogram => histogram.Choose(random, parameters.Rsm))];
            CandidateTask[] tasks = [.. present.Select(histogram => new CandidateTask([histogram], 1)), .. _ctrs.Draw(fold, splits,
                random)];
            if (tasks.Length == 0)
            {
                random.Next();
                break;
            }

            RowSample level = sample ?? sampler.Draw(derivatives, fold.Weights, random);
            int bit = splits.Count;
            foreach (Histogram absent in columns.Except(present)) absent.Forget();
            Parallel.ForEach(tasks.SelectMany(task => task.Histograms), histogram =>
            {
                if (_subtracts && bit > 0 && histogram.IsKept)
                    histogram.Split(level, smaller.Places, smaller.IsTrueSide, parents, 1 << (bit - 1));
                else histogram.Sum(level, leaves, 1 << bit);
            });
            (Split split, before) = Best(tasks, before, random, noise);
            _ctrs.Use(split);
            int[] next = [.. leaves];
            fold.Mark(split, next, bit);
            splits.Add(split);
            if (Redundant(next, splits.Count) is { } redundant) return Without(splits, next, redundant);
            smaller = Smaller(level, next, bit);
            (parents, leaves) = (leaves, next);
        }

        return new GrownTree(splits, leaves);
    }

    /// <summary>
    /// Of every candidate the split with the best noisy score; of these the best gain with a noise of its own. First ones win.
    /// </summary>
    private (Split Split, double Score) Best(CandidateTask[] tasks, double before, CatBoostRandom random, double noise)
    {
        ulong seed = random.Next();
        var best = new (Split Split, double Score)[tasks.Length][];
        Parallel.For(0, best.Length, number => best[number] = Best(tasks[number], seed + (ulong)number, noise));
        (Split Split, double Score) chosen = (best[0][0].Split, 0);
        double gain = double.NegativeInfinity;
        for (int task = 0; task < tasks.Length; task++)
        {
            foreach ((Split split, double score) in best[task])
            {
                double noisy = Noisy(score, random, noise) * tasks[task].Weight(split);
                if (!(noisy - before > gain)) continue;
                gain = noisy - before;
                chosen = (split, noisy);
            }
        }

        return chosen;
    }

    private double Noisy(double score, CatBoostRandom random, double noise) => parameters.RandomScoreType == RandomScoreType.Gumbel
        ? score + (noise * Math.Log(Math.Log(1 / random.NextReal())))
        : score + (noise * random.NextNormal());

    private (Split Split, double Score)[] Best(CandidateTask task, ulong seed, double noise)
    {
        var own = CatBoostRandom.Of(seed);
        return [.. task.Histograms.Select(histogram => Best(histogram, own, noise))];
    }

    private (Split Split, double Score) Best(Histogram histogram, CatBoostRandom own, double noise)
    {
        ISplitScore score = histogram.Score(lambda, parameters.ScoreFunction);
        int first = -1;
        double highest = double.NegativeInfinity;
        for (int split = 0; split < histogram.Candidate.Splits.Length; split++)
        {
            if (!histogram.IsChosen(split)) continue;
            double noisy = noise == 0 ? score[split] : Noisy(score[split], own, noise);
            if (first >= 0 && !(noisy > highest)) continue;
            (first, highest) = (split, noisy);
        }

        return (histogram.Candidate.Splits[first], score[first]);
    }

    private static (int[] Places, bool IsTrueSide) Smaller(RowSample sample, int[] next, int bit)
    {
        int yes = sample.Rows.Take(sample.Count).Count(row => next[row] >> bit == 1);
        bool isTrueSide = 2 * yes <= sample.Count;
        return ([.. Enumerable.Range(0, sample.Count).Where(i => next[sample.Rows[i]] >> bit == 1 == isTrueSide)], isTrueSide);
    }

    /// <summary>The first split that parts no leaf from another, or null.</summary>
    private static int? Redundant(int[] leaves, int splits)
    {
        bool[] has = new bool[1 << splits];
        foreach (int leaf in leaves) has[leaf] = true;
        for (int split = 0; split < splits; split++)
        {
            bool parts = false;
            for (int leaf = 0; leaf < has.Length && !parts; leaf++) parts = (leaf >> split & 1) == 0 && has[leaf]
                && has[leaf | (1 << split)];
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
