using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>Gradient boosting: tree after tree on what is left of the labels.</summary>
internal sealed class Boosting
{
    private readonly IRawValues _raw;
    private readonly TrainingParameters _parameters;
    private readonly float[]? _weights;
    private readonly double[][] _derivatives;
    private readonly TreeGrower _grower;
    private readonly CatBoostRandom _random;
    private readonly RowSampler _sampler;
    private readonly float _rate;
    private readonly double[] _shrinks;

    public Boosting(IRawValues raw, float[]? weights, double lambda, IReadOnlyList<QuantisedColumn> columns,
        TrainingParameters parameters, CatBoostRandom random)
    {
        (_raw, _weights, _parameters, _random) = (raw, weights, parameters, random);
        int rows = columns[0].Bins.Length;
        _rate = LearningRates.Of(parameters, rows, raw.StartsAtAverage);
        _derivatives = [.. Enumerable.Range(0, raw.Outputs).Select(_ => new double[rows])];
        _shrinks = new double[parameters.Iterations];
        Array.Fill(_shrinks, 1);
        _sampler = new RowSampler(parameters, rows, weights);
        _grower = new TreeGrower(columns, parameters, lambda, _sampler, raw.Outputs);
    }

    public IReadOnlyList<TrainedTree> Train(CancellationToken cancellation)
    {
        List<TrainedTree> trees = [];
        while (trees.Count < _parameters.Iterations)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_parameters.ModelShrinkRate != 0 && trees.Count > 0) Shrink(trees.Count);
            trees.Add(Next(trees.Count));
        }

        double after = 1;
        for (int tree = trees.Count - 1; tree >= 0; tree--)
        {
            if (after != 1) for (int leaf = 0; leaf < trees[tree].Values.Length; leaf++) trees[tree].Values[leaf] *= after;
            after *= _shrinks[tree];
        }

        return trees;
    }

    /// <summary>Takes back a part of all raw values.</summary>
    private void Shrink(int number)
    {
        _shrinks[number] = _parameters.ModelShrinkMode == ModelShrinkMode.Constant
            ? 1 - ((double)_parameters.ModelShrinkRate * _rate)
            : 1 - ((double)_parameters.ModelShrinkRate / number);
        _raw.Shrink(_shrinks[number]);
    }

    private TrainedTree Next(int number)
    {
        _random.Next(); // which permutation to learn by: without categories all are one
        _random.Next(); // seed of derivatives that need one
        _raw.Derivatives(_derivatives);
        GrownTree grown = _grower.Grow(_derivatives, _random, Noise(number));
        _random.Next();
        double[] values = _raw.Leaves(grown, _random);
        double[] sums = new double[grown.LeafCount];
        for (int i = 0; i < values.Length; i++) values[i] *= _rate;
        for (int row = 0; row < grown.Leaves.Length; row++) sums[grown.Leaves[row]] += _weights?[row] ?? 1;
        _raw.Move(grown, values);
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
