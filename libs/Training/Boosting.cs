using BatchScoring.Training.Objectives;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>Gradient boosting: tree after tree on what is left of the labels.</summary>
internal sealed class Boosting<TObjective>
    where TObjective : struct, IObjective
{
    private const float SmallestL2 = 1e-20f;
    private readonly TObjective _objective;
    private readonly LearnTable _table;
    private readonly TrainingParameters _parameters;
    private readonly float[]? _weights;
    private readonly double[] _states, _derivatives;
    private readonly TreeGrower _grower;
    private readonly LeafEstimator<TObjective> _leaves;
    private readonly CatBoostRandom _random;
    private readonly RowSampler _sampler;
    private readonly float _rate;
    private readonly double[] _shrinks;

    public Boosting(
        TObjective objective, LearnTable table, IReadOnlyList<QuantisedColumn> columns, TrainingParameters parameters, CatBoostRandom random)
    {
        (_objective, _table, _parameters, _random) = (objective, table, parameters, random);
        _weights = RowWeights.Of(table, parameters);
        bool startsAtAverage = parameters.BoostFromAverage ?? objective.StartsAtAverage;
        _rate = LearningRates.Of(parameters, table.Rows, startsAtAverage);
        double lambda = (parameters.L2LeafReg is 0 ? SmallestL2 : parameters.L2LeafReg ?? TrainingParameters.DefaultL2LeafReg)
            * ((_weights is null ? table.Rows : _weights.Sum(weight => (double)weight)) / table.Rows);
        Bias = startsAtAverage ? objective.Average(table.Labels, _weights) : 0;
        (_states, _derivatives) = (new double[table.Rows], new double[table.Rows]);
        Array.Fill(_states, objective.KeepsExponent ? StartExponent.Of(Bias) : Bias);
        _shrinks = new double[parameters.Iterations];
        Array.Fill(_shrinks, 1);
        _sampler = new RowSampler(parameters, table.Rows, _weights);
        _grower = new TreeGrower(columns, parameters, lambda, _sampler);
        _leaves = new LeafEstimator<TObjective>(objective, table.Labels, _weights, lambda, parameters, columns.Count);
    }

    /// <summary>The constant before the first tree.</summary>
    public double Bias { get; private set; }

    public IReadOnlyList<TrainedTree> Train(CancellationToken cancellation)
    {
        List<TrainedTree> trees = [];
        while (trees.Count < _parameters.Iterations)
        {
            cancellation.ThrowIfCancellationRequested();
            if (_parameters.ModelShrinkRate != 0 && trees.Count > 0) Shrink(trees);
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
    private void Shrink(List<TrainedTree> trees)
    {
        double kept = _parameters.ModelShrinkMode == ModelShrinkMode.Constant
            ? 1 - ((double)_parameters.ModelShrinkRate * _rate)
            : 1 - ((double)_parameters.ModelShrinkRate / trees.Count);
        for (int row = 0; row < _states.Length; row++)
            _states[row] = _objective.KeepsExponent ? StartExponent.Of(FastLog.Of((float)_states[row]) * kept) : _states[row] * kept;
        Bias *= kept;
        _shrinks[trees.Count] = kept;
    }

    private TrainedTree Next(int number)
    {
        _random.Next(); // which permutation to learn by: without categories all are one
        _random.Next(); // seed of derivatives that need one
        for (int row = 0; row < _derivatives.Length; row++)
            _derivatives[row] = _objective.Derivatives(_states[row], _table.Labels[row]).First * (_weights?[row] ?? 1);
        GrownTree grown = _grower.Grow(_derivatives, _random, Noise(number));
        _random.Next();
        double[] values = _leaves.Estimate(grown, _states, _random);
        double[] sums = new double[values.Length];
        for (int leaf = 0; leaf < values.Length; leaf++) values[leaf] *= _rate;
        for (int row = 0; row < _states.Length; row++) sums[grown.Leaves[row]] += _weights?[row] ?? 1;
        _leaves.Move(grown, _states, values);
        _sampler.Learn(values);
        return new TrainedTree(grown.Splits, values, sums);
    }

    /// <summary>As large as the derivatives, and dying out as the model grows.</summary>
    private double Noise(int number)
    {
        if (_parameters.RandomStrength == 0) return 0;
        double size = _parameters.RandomStrength * Math.Sqrt(_derivatives.Sum(g => g * g) / _derivatives.Length);
        if (_parameters.RandomScoreType == RandomScoreType.Gumbel) return size;
        double left = Math.Exp(Math.Log(_derivatives.Length) - ((double)number * _rate));
        return size * (left / (1 + left));
    }
}

/// <summary>A tree with its values.</summary>
/// <param name="Splits">One per level.</param>
/// <param name="Values">One per leaf, the learning rate in them.</param>
/// <param name="Weights">Weight of the rows of each leaf.</param>
internal sealed record TrainedTree(IReadOnlyList<Split> Splits, double[] Values, double[] Weights);
