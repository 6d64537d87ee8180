using BatchScoring.Training.Ctrs;
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
    private readonly RowSampler _sampler;
    private readonly float _rate;
    private readonly double[] _shrinks;

    /// <param name="folds">The orders to learn by, then the one for leaves; or only that.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">All settings.</param>
    /// <param name="random">The stream of all draws.</param>
    public Boosting(IReadOnlyList<Fold> folds, double lambda, TrainingParameters parameters, CatBoostRandom random)
    {
        (_parameters, _random, _averaging) = (parameters, random, folds[^1]);
        _raw = LossObjectives.Start(_averaging, lambda, parameters);
        _learning = folds.Count == 1 ? [(_averaging, _raw)]
            : [.. folds.SkipLast(1).Select(fold => (fold, LossObjectives.Start(fold, lambda, parameters)))];
        _rate = LearningRates.Of(parameters, _averaging.Rows, _raw.StartsAtAverage);
        _derivatives = [.. Enumerable.Range(0, _raw.Outputs).Select(_ => new double[_averaging.Rows])];
        _shrinks = new double[parameters.Iterations];
        Array.Fill(_shrinks, 1);
        _sampler = new RowSampler(parameters, _averaging.Rows);
        _grower = new TreeGrower(parameters, lambda, _sampler, _raw.Outputs);
    }

    /// <summary>What training started from, one per output; shrunk with the rest.</summary>
    public double[] Bias => _raw.Bias;

    /// <summary>Cancelling ends it with the trees so far, of which there is at least one.</summary>
    public (IReadOnlyList<TrainedTree> Trees, TrainingEnd End) Train(TrainingClock clock, CancellationToken cancellation)
    {
        List<TrainedTree> trees = [];
        TrainingEnd end = TrainingEnd.Complete;
        while (trees.Count < _parameters.Iterations && end == TrainingEnd.Complete)
        {
            if (_parameters.ModelShrinkRate != 0 && trees.Count > 0) Shrink(trees.Count);
            if (trees.Count == 0) cancellation.ThrowIfCancellationRequested();
            trees.Add(Next(trees.Count));
            clock.Tell(trees.Count - 1, []);
            if (trees.Count < _parameters.Iterations)
                end = cancellation.IsCancellationRequested ? TrainingEnd.Cancelled : clock.IsOver ? TrainingEnd.TimeLimit : end;
        }

        double after = 1;
        for (int tree = trees.Count - 1; tree >= 0; tree--)
        {
            if (after != 1) for (int leaf = 0; leaf < trees[tree].Values.Length; leaf++) trees[tree].Values[leaf] *= after;
            after *= _shrinks[tree];
        }

        return (trees, end);
    }

    /// <summary>Takes back a part of all raw values.</summary>
    private void Shrink(int number)
    {
        _shrinks[number] = _parameters.ModelShrinkMode == ModelShrinkMode.Constant
            ? 1 - ((double)_parameters.ModelShrinkRate * _rate)
            : 1 - ((double)_parameters.ModelShrinkRate / number);
        foreach (IRawValues raw in _learning.Select(one => one.Raw).Append(_raw).Distinct()) raw.Shrink(_shrinks[number]);
    }

    private TrainedTree Next(int number)
    {
        (Fold fold, IRawValues learning) = _learning[_random.Next() % (ulong)_learning.Length];
        _random.Next(); // seed of derivatives that need one
        learning.Derivatives(_derivatives);
        GrownTree grown = _grower.Grow(fold, _derivatives, _random, Noise(number));
        _random.Next();
        GrownTree averaged = ReferenceEquals(fold, _averaging) ? grown : new GrownTree(grown.Splits, _averaging.Leaves(grown.Splits));
        double[] values = _raw.Leaves(averaged, _random), sums = new double[averaged.LeafCount];
        for (int i = 0; i < values.Length; i++) values[i] *= _rate;
        for (int row = 0; row < averaged.Leaves.Length; row++) sums[averaged.Leaves[row]] += _averaging.Weights?[row] ?? 1;
        _raw.Move(averaged, values);
        foreach ((Fold other, IRawValues raw) in _learning)
            if (!ReferenceEquals(other, _averaging)) raw.Advance(new GrownTree(grown.Splits, other.Leaves(grown.Splits)), _rate);
        _sampler.Learn(values, _raw.Outputs);
        return new TrainedTree(grown.Splits, values, sums);
    }

    /// <summary>As large as the derivatives, and dying out as the model grows.</summary>
    private double Noise(int number)
    {
        if (_parameters.RandomStrength == 0) return 0;
        int rows = _derivatives[0].Length;
        double size = _parameters.RandomStrength * Math.Sqrt(_derivatives.Sum(output => output.Sum(g => g * g)) / rows);
        if (_parameters.RandomScoreType == RandomScoreType.Gumbel) return size;
        double left = Math.Exp(Math.Log(rows) - ((double)number * _rate));
        return size * (left / (1 + left));
    }
}

/// <summary>A tree with its values.</summary>
/// <param name="Splits">One per level.</param>
/// <param name="Values">One per leaf and output, leaf after leaf, the learning rate in them.</param>
/// <param name="Weights">Weight of the rows of each leaf.</param>
internal sealed record TrainedTree(IReadOnlyList<Split> Splits, double[] Values, double[] Weights);
