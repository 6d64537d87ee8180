using BatchScoring.Training.Continuing;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Measuring;
using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>
/// Gradient boosting: tree after tree on what is left of the labels. Where numbers are made of categories, splits are chosen in one of
/// several orders of the rows, and leaves come from another.
/// </summary>
internal sealed class Boosting
{
    private readonly (Fold Fold, IRawValues Raw)[] _learning;
    private readonly Fold _averaging;
    private readonly IRawValues _raw;
    private readonly TrainingParameters _parameters;
    private readonly double[][] _derivatives;
    private readonly TreeGrower _grower;
    private readonly CatBoostRandom _random;
    private readonly Workers _workers;
    private readonly RowSampler _sampler;
    private readonly List<double> _shrinks = [1];
    private readonly double[] _start;

    /// <param name="folds">The orders to learn by, then the one for leaves; or only that.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">All settings.</param>
    /// <param name="random">The stream of all draws.</param>
    /// <param name="keepsBest">Whether trees after the best iteration are left out.</param>
    /// <param name="workers">Share the work of a tree.</param>
    public Boosting(
        IReadOnlyList<Fold> folds, double lambda, TrainingParameters parameters, CatBoostRandom random, bool keepsBest, Workers workers)
    {
        (_parameters, _random, _averaging) = (parameters, random, folds[^1]);
        _raw = LossObjectives.Start(_averaging, lambda, parameters, workers);
        _learning = folds.Count == 1 ? [(_averaging, _raw)]
            : [.. folds.SkipLast(1).Select(fold => (fold, LossObjectives.Start(fold, lambda, parameters, workers)))];
        _start = [.. _raw.Bias];
        Rate = LearningRates.Of(parameters, _averaging.Rows, _raw.StartsAtAverage, keepsBest);
        _derivatives = [.. Enumerable.Range(0, _raw.Outputs).Select(_ => new double[_averaging.Rows])];
        _workers = workers;
        _sampler = new RowSampler(parameters, _averaging.Rows, workers);
        _grower = new TreeGrower(parameters, lambda, _sampler, _raw.Outputs, workers);
    }

    /// <summary>The factor of every leaf.</summary>
    public float Rate { get; }

    /// <summary>What training starts from, one per output.</summary>
    public IReadOnlyList<double> Start => _start;

    /// <summary>e to the raw value of every row, where that is what is kept; otherwise null.</summary>
    public double[]? Exponents => _raw.Exponents;

    /// <summary>Cancelling ends it with the trees so far, of which there is at least one.</summary>
    /// <param name="measurements">What is measured; null: nothing.</param>
    /// <param name="clock">When time is over.</param>
    /// <param name="keeper">Where the state is kept; null: nowhere.</param>
    /// <param name="cancellation">When to stop.</param>
    public (List<TrainedTree> Trees, TrainingEnd End) Train(
        Measurements? measurements, TrainingClock clock, SnapshotKeeper? keeper, CancellationToken cancellation)
    {
        List<TrainedTree> trees = [];
        TrainingEnd end = keeper?.Found is { } found ? Repeat(found, trees, measurements, clock) : TrainingEnd.Complete;
        while (trees.Count < _parameters.Iterations && end == TrainingEnd.Complete)
        {
            if (trees.Count == 0) cancellation.ThrowIfCancellationRequested();
            if (_parameters.ModelShrinkRate != 0 && trees.Count > 0) Shrink(trees.Count, measurements);
            if (Next(trees.Count) is not var (tree, leaves))
            {
                end = trees.Count > 0 ? TrainingEnd.Degenerate : throw StartErrors.Degenerate();
                break;
            }

            trees.Add(tree);
            clock.Tell(trees.Count - 1, measurements?.Add(trees.Count - 1, tree, leaves) ?? [], measurements);
            if (trees.Count < _parameters.Iterations) end = measurements is { IsStopping: true } ? TrainingEnd.EarlyStop
                : cancellation.IsCancellationRequested ? TrainingEnd.Cancelled : clock.IsOver ? TrainingEnd.TimeLimit : end;
            keeper?.Keep(trees.Count == _parameters.Iterations || end != TrainingEnd.Complete, () => new Snapshot(
                new Dictionary<string, string>(StringComparer.Ordinal), [], trees, clock.Passed, _random.State, [.. _grower.Used]));
        }

        return (trees, end);
    }

    /// <summary>Adds the trees of an earlier part of the training again, whose raw values come out to the same bits.</summary>
    private TrainingEnd Repeat(Snapshot found, List<TrainedTree> trees, Measurements? measurements, TrainingClock clock)
    {
        foreach (TrainedTree tree in found.Trees)
        {
            if (_parameters.ModelShrinkRate != 0 && trees.Count > 0) Shrink(trees.Count, measurements);
            GrownTree averaged = new(tree.Splits, _averaging.Leaves(tree.Splits, _workers));
            Add(averaged, tree.Values, grown: null);
            trees.Add(tree);
            clock.Repeat(
                found.Passed[trees.Count - 1], trees.Count - 1, measurements?.Add(trees.Count - 1, tree, averaged.Leaves) ?? [],
                measurements);
            if (measurements is { IsStopping: true }) return TrainingEnd.EarlyStop;
        }

        _random.State = found.Random;
        foreach ((Models.CtrType, Projection) used in found.Used) _grower.Used.Add(used);
        return TrainingEnd.Complete;
    }

    /// <summary>The first trees as a model has them, and what they start from: shrunk by all trees that came after.</summary>
    public (List<TrainedTree> Trees, double[] Bias) Finish(List<TrainedTree> trees, int count)
    {
        List<TrainedTree> kept = trees[..count];
        double after = 1;
        for (int tree = kept.Count - 1; tree >= 0; tree--)
        {
            if (after != 1) for (int leaf = 0; leaf < kept[tree].Values.Length; leaf++) kept[tree].Values[leaf] *= after;
            if (tree < _shrinks.Count) after *= _shrinks[tree];
        }

        double[] bias = [.. _start];
        foreach (double shrink in _shrinks.Take(count))
            for (int output = 0; output < bias.Length; output++) bias[output] *= shrink;
        return (kept, bias);
    }

    /// <summary>Takes back a part of all raw values.</summary>
    private void Shrink(int number, Measurements? measurements)
    {
        double kept = _parameters.ModelShrinkMode == ModelShrinkMode.Constant
            ? 1 - ((double)_parameters.ModelShrinkRate * Rate)
            : 1 - ((double)_parameters.ModelShrinkRate / number);
        foreach (IRawValues raw in _learning.Select(one => one.Raw).Append(_raw).Distinct()) raw.Shrink(kept);
        measurements?.Shrink(kept);
        _shrinks.Add(kept);
    }

    /// <returns>Null if a leaf is no finite number.</returns>
    private (TrainedTree Tree, ushort[] Leaves)? Next(int number)
    {
        (Fold fold, IRawValues learning) = _learning[_random.Next() % (ulong)_learning.Length];
        _random.Next(); // seed of derivatives that need one
        learning.Derivatives(_derivatives);
        GrownTree grown = _grower.Grow(fold, _derivatives, _random, Noise(number));
        _random.Next();
        GrownTree averaged = ReferenceEquals(fold, _averaging) ? grown : new GrownTree(grown.Splits, _averaging.Leaves(grown.Splits, _workers));
        double[] values = _raw.Leaves(averaged, _random);
        for (int i = 0; i < values.Length; i++) values[i] *= Rate;
        if (!Array.TrueForAll(values, double.IsFinite)) return null;
        double[] sums = Weigh(averaged, _averaging.Weights);
        Add(averaged, values, (fold, grown));
        return (new TrainedTree(grown.Splits, values, sums), averaged.Leaves);
    }

    /// <param name="tree">With the leaves of the order that leaf values come from.</param>
    /// <param name="values">Leaf after leaf.</param>
    /// <param name="grown">The order that it grew in, whose leaves are known; null: in none.</param>
    private void Add(GrownTree tree, double[] values, (Fold Fold, GrownTree Tree)? grown)
    {
        _raw.Move(tree, values);
        foreach ((Fold other, IRawValues raw) in _learning)
        {
            if (ReferenceEquals(other, _averaging)) continue;
            bool isKnown = ReferenceEquals(other, grown?.Fold);
            raw.Advance(isKnown ? grown!.Value.Tree : new GrownTree(tree.Splits, other.Leaves(tree.Splits, _workers)), Rate);
        }

        _sampler.Learn(values, _raw.Outputs);
    }

    private double[] Weigh(GrownTree tree, float[]? weights)
    {
        if (weights is null) return LeafCounts.Of(tree.Leaves, tree.LeafCount, _workers);
        double[] sums = new double[tree.LeafCount];
        for (int row = 0; row < weights.Length; row++) sums[tree.Leaves[row]] += weights[row];
        return sums;
    }

    private static double Squares(double[] derivatives)
    {
        double sum = 0;
        foreach (double g in derivatives) sum += g * g;
        return sum;
    }

    /// <summary>As large as the derivatives, and dying out as the model grows.</summary>
    private double Noise(int number)
    {
        if (_parameters.RandomStrength == 0) return 0;
        int rows = _derivatives[0].Length;
        double size = _parameters.RandomStrength * Math.Sqrt(_derivatives.Sum(Squares) / rows);
        if (_parameters.RandomScoreType == RandomScoreType.Gumbel) return size;
        double left = Math.Exp(Math.Log(rows) - ((double)number * Rate));
        return size * (left / (1 + left));
    }
}

/// <summary>A tree with its values.</summary>
/// <param name="Splits">One per level.</param>
/// <param name="Values">One per leaf and output, leaf after leaf, the learning rate in them.</param>
/// <param name="Weights">Weight of the rows of each leaf.</param>
internal sealed record TrainedTree(IReadOnlyList<Split> Splits, double[] Values, double[] Weights);
