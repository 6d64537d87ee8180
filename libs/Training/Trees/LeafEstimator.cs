using System.Runtime.Intrinsics;
using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>The leaf values of a grown tree, from all rows.</summary>
internal sealed class LeafEstimator<TObjective>
    where TObjective : struct, IObjective
{
    private readonly TObjective _objective;
    private readonly float[] _labels;
    private readonly double _lambda;
    private readonly LeafEstimationMethod _method;
    private readonly int _iterations;
    private readonly LeafSums<TObjective> _sums;
    private readonly StepLoss<TObjective>? _loss;
    private readonly Workers _workers;
    private double[] _moved, _tried;

    /// <param name="objective">The loss.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">Method, steps, backtracking.</param>
    /// <param name="columns">Few columns and trees need one step.</param>
    /// <param name="workers">Share the rows.</param>
    public LeafEstimator(
        TObjective objective, float[] labels, float[]? weights, double lambda, TrainingParameters parameters, int columns,
        Workers workers)
    {
        (_objective, _labels, _lambda, _workers) = (objective, labels, lambda, workers);
        (_moved, _tried) = (new double[labels.Length], new double[labels.Length]);
        _method = parameters.LeafEstimationMethod ?? objective.LeafMethod;
        _iterations = parameters.LeafIterations(columns, objective.LeafIterations(_method));
        _sums = new LeafSums<TObjective>(objective, labels, weights, workers);
        if (parameters.LeafEstimationBacktracking == LeafEstimationBacktracking.AnyImprovement && _iterations > 1)
            _loss = new StepLoss<TObjective>(
                objective, labels, weights, LossBlocks.Count(parameters.LossBlocks, labels.Length), workers);
    }

    /// <summary>The steps of every leaf together, before the learning rate.</summary>
    /// <param name="tree">Leaves of rows.</param>
    /// <param name="states">The state of every row; stays.</param>
    /// <param name="random">One draw for every step that is computed from derivatives.</param>
    public double[] Estimate(GrownTree tree, double[] states, CatBoostRandom random)
    {
        double[] values = new double[tree.LeafCount], weights = Begin(tree), current = states;
        double loss = _loss?.Mean(states, StateLogs.Keep, Changes(values), tree.Leaves, _tried) ?? double.NaN;
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            bool isExact = _method == LeafEstimationMethod.Exact;
            double[] steps = isExact ? Exact(tree, states) : Steps(tree, current, weights);
            if (!isExact) random.Next();
            StateLogs logs = iteration == 0 ? StateLogs.Kept : StateLogs.Make;
            if (!IsTaken(
                steps, () => _loss!.Mean(current, logs, Changes(steps), tree.Leaves, _tried), ref loss, ref iteration)) break;
            for (int leaf = 0; leaf < values.Length; leaf++) values[leaf] += steps[leaf];
            if (_loss is null && iteration + 1 < _iterations)
                RowMoves.Move(current, Changes(steps), tree.Leaves, _objective.KeepsExponent, _tried, _workers);
            (_moved, _tried) = (_tried, _moved);
            current = _moved;
        }

        return values;
    }

    /// <summary>The steps of a fold's own leaves, through a logarithm of single precision; nothing is drawn.</summary>
    public void Advance(GrownTree tree, double[] states, float rate)
    {
        double[] sums = new double[tree.LeafCount], weights = Begin(tree), changes = Changes(sums);
        double loss = _loss?.Mean(states, StateLogs.Keep, changes, tree.Leaves, _tried) ?? double.NaN;
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            RowMoves.Move(states, changes, tree.Leaves, _objective.KeepsExponent, _moved, _workers);
            double[] steps = Steps(tree, _moved, weights);
            if (!IsTaken(steps, () => _loss!.Mean(
                states, StateLogs.Kept, Changes([.. sums.Select((sum, leaf) => sum + steps[leaf])]), tree.Leaves, _tried), ref loss,
                ref iteration)) break;
            for (int leaf = 0; leaf < sums.Length; leaf++)
            {
                sums[leaf] += steps[leaf];
                changes[leaf] = _objective.KeepsExponent ? changes[leaf] * CatBoostExp.Exp(steps[leaf]) : sums[leaf];
            }
        }

        RowMoves.Move(states, [.. changes.Select(change => _objective.KeepsExponent
            ? StartExponent.Of((double)FastLog.Of((float)change) * rate)
            : change * rate)], tree.Leaves, _objective.KeepsExponent, states, _workers);
    }

    /// <summary>Newton's steps ask for no weights.</summary>
    private double[] Begin(GrownTree tree) =>
        _sums.Begin(tree.Leaves, tree.LeafCount, areWeighed: _method != LeafEstimationMethod.Newton);

    /// <summary>Moves every row by its leaf's step.</summary>
    public void Move(GrownTree tree, double[] states, double[] steps) =>
        RowMoves.Move(states, Changes(steps), tree.Leaves, _objective.KeepsExponent, states, _workers);

    /// <summary>A step that does not lower the loss is halved; every try counts as an iteration.</summary>
    /// <returns>False when the iterations ran out.</returns>
    private bool IsTaken(double[] steps, Func<double> lossAfter, ref double loss, ref int iteration)
    {
        if (_loss is null) return true;
        for (; iteration < _iterations; iteration++)
        {
            double after = lossAfter();
            if (after < loss)
            {
                loss = after;
                return true;
            }

            for (int leaf = 0; leaf < steps.Length; leaf++) steps[leaf] /= 2;
        }

        return false;
    }

    private double[] Changes(double[] steps) => _objective.KeepsExponent ? Array.ConvertAll(steps, CatBoostExp.Exp) : steps;

    private double[] Exact(GrownTree tree, double[] states)
    {
        var rest = new List<float>[tree.LeafCount];
        for (int leaf = 0; leaf < rest.Length; leaf++) rest[leaf] = [];
        for (int row = 0; row < states.Length; row++) rest[tree.Leaves[row]].Add((float)(_labels[row] - states[row]));
        return [.. rest.Select(rows => (double)_objective.Exact([.. rows]))];
    }

    private double[] Steps(GrownTree tree, double[] states, double[] weights)
    {
        var sums = new Vector128<double>[tree.LeafCount];
        _sums.Sum(tree.Leaves, states, sums);
        return _method == LeafEstimationMethod.Newton
            ? Array.ConvertAll(sums, sum => sum[0] / (-sum[1] + _lambda))
            : [.. sums.Select((sum, leaf) => weights[leaf] > 0 ? sum[0] * (1 / (weights[leaf] + _lambda)) : 0)];
    }
}
