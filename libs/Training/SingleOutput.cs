using System.Runtime.CompilerServices;
using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>The raw values of a loss with one output.</summary>
internal sealed class SingleOutput<TObjective> : IRawValues
    where TObjective : struct, IObjective
{
    private const int ChunkRows = 512;
    private readonly TObjective _objective;
    private readonly float[] _labels;
    private readonly float[]? _weights;
    private readonly double[] _states;
    private readonly LeafEstimator<TObjective> _leaves;
    private readonly Workers _workers;

    public SingleOutput(TObjective objective, float[] labels, float[]? weights, double[]? start, double lambda, TrainingParameters parameters, int columns,
        Workers workers)
    {
        (_objective, _labels, _weights, _workers) = (objective, labels, weights, workers);
        StartsAtAverage = start is null && (parameters.BoostFromAverage ?? objective.StartsAtAverage);
        Bias = [StartsAtAverage ? objective.Average(labels, weights) : 0];
        _states = start is null ? new double[labels.Length]
            : objective.KeepsExponent ? Array.ConvertAll(start, CatBoostExp.Exp) : [.. start];
        if (start is null) Array.Fill(_states, objective.KeepsExponent ? StartExponent.Of(Bias[0]) : Bias[0]);
        _leaves = new LeafEstimator<TObjective>(objective, labels, weights, lambda, parameters, columns, workers);
    }

    public int Outputs => 1;

    public bool StartsAtAverage { get; }

    public double[] Bias { get; }

    public double[]? Exponents => _objective.KeepsExponent ? _states : null;

    public void Derivatives(double[][] derivatives) =>
        _workers.ForRows(_states.Length, (first, end) => Derivatives(derivatives, first, end));

    [SkipLocalsInit]
    private void Derivatives(double[][] derivatives, int start, int end)
    {
        Span<double> second = stackalloc double[ChunkRows];
        for (; start < end; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, end - start);
            RowDerivatives.Of(_objective, _states.AsSpan(start, count), _labels.AsSpan(start, count),
                _weights is null ? [] : _weights.AsSpan(start, count), derivatives[0].AsSpan(start, count), second[..count]);
        }
    }

    public double[] Leaves(GrownTree tree, CatBoostRandom random) => _leaves.Estimate(tree, _states, random);

    public void Move(GrownTree tree, double[] values) => _leaves.Move(tree, _states, values);

    public void Advance(GrownTree tree, float rate) => _leaves.Advance(tree, _states, rate);

    public void Shrink(double kept)
    {
        // CatBoost takes the logarithm of what it keeps in single precision.
        for (int row = 0; row < _states.Length; row++)
            _states[row] = _objective.KeepsExponent ? StartExponent.Of(FastLog.Of((float)_states[row]) * kept) : _states[row] * kept;
        Bias[0] *= kept;
    }
}
