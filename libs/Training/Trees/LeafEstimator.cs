using BatchScoring.Models.CatBoost.Numerics;
using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Trees;

/// <summary>The leaf values of a grown tree, from all rows.</summary>
internal sealed class LeafEstimator<TObjective>
    where TObjective : struct, IObjective
{
    private const int SmallTable = 10_000, Parts = 128;
    private const double NoWeight = 1.1920928955078125E-07;
    private readonly TObjective _objective;
    private readonly float[] _labels;
    private readonly float[]? _weights;
    private readonly double _lambda;
    private readonly LeafEstimationMethod _method;
    private readonly int _iterations;
    private readonly int? _lossBlocks;

    /// <param name="objective">The loss.</param>
    /// <param name="labels">By row.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">Method, steps, backtracking.</param>
    /// <param name="columns">Few columns and trees need one step.</param>
    public LeafEstimator(
        TObjective objective, float[] labels, float[]? weights, double lambda, TrainingParameters parameters, int columns)
    {
        (_objective, _labels, _weights, _lambda) = (objective, labels, weights, lambda);
        _method = parameters.LeafEstimationMethod ?? objective.LeafMethod;
        _iterations = parameters.LeafIterations(columns, objective.LeafIterations(_method));
        bool looksBack = parameters.LeafEstimationBacktracking == LeafEstimationBacktracking.AnyImprovement && _iterations > 1;
        _lossBlocks = looksBack ? LossBlocks.Count(parameters.LossBlocks, labels.Length) : null;
    }

    /// <summary>The steps of every leaf together, before the learning rate.</summary>
    /// <param name="tree">Leaves of rows.</param>
    /// <param name="states">The state of every row; stays.</param>
    /// <param name="random">One draw for every step that is computed from derivatives.</param>
    public double[] Estimate(GrownTree tree, double[] states, CatBoostRandom random)
    {
        double[] values = new double[tree.LeafCount], moved = [.. states], sums = new double[tree.LeafCount];
        double loss = _lossBlocks is null ? double.NaN : Loss(tree, moved, new double[tree.LeafCount]);
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            bool isExact = _method == LeafEstimationMethod.Exact;
            double[] steps = isExact ? Exact(tree, states) : Steps(tree, moved, sums, iteration == 0);
            if (!isExact) random.Next();
            if (!IsTaken(steps, () => Loss(tree, moved, steps), ref loss, ref iteration)) break;
            for (int leaf = 0; leaf < values.Length; leaf++) values[leaf] += steps[leaf];
            Move(tree, moved, steps);
        }

        return values;
    }

    /// <summary>The steps of a fold's own leaves, through a logarithm of single precision; nothing is drawn.</summary>
    public void Advance(GrownTree tree, double[] states, float rate)
    {
        double[] sums = new double[tree.LeafCount], weights = new double[tree.LeafCount], changes = Changes(sums), moved = [.. states];
        double loss = _lossBlocks is null ? double.NaN : Loss(tree, states, sums);
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            for (int row = 0; row < moved.Length; row++) moved[row] = Changed(states[row], changes[tree.Leaves[row]]);
            double[] steps = Steps(tree, moved, weights, iteration == 0);
            if (!IsTaken(steps, () => Loss(tree, states, [.. sums.Select((sum, leaf) => sum + steps[leaf])]), ref loss, ref iteration)) break;
            for (int leaf = 0; leaf < sums.Length; leaf++)
            {
                sums[leaf] += steps[leaf];
                changes[leaf] = _objective.KeepsExponent ? changes[leaf] * CatBoostExp.Exp(steps[leaf]) : sums[leaf];
            }
        }

        Apply(tree, states, [.. changes.Select(change => _objective.KeepsExponent
            ? StartExponent.Of((double)FastLog.Of((float)change) * rate)
            : change * rate)]);
    }

    /// <summary>Moves every row by its leaf's step.</summary>
    public void Move(GrownTree tree, double[] states, double[] steps) => Apply(tree, states, Changes(steps));

    private void Apply(GrownTree tree, double[] states, double[] changes)
    {
        for (int row = 0; row < states.Length; row++) states[row] = Changed(states[row], changes[tree.Leaves[row]]);
    }

    /// <summary>A step that does not lower the loss is halved; every try counts as an iteration.</summary>
    /// <returns>False when the iterations ran out.</returns>
    private bool IsTaken(double[] steps, Func<double> lossAfter, ref double loss, ref int iteration)
    {
        if (_lossBlocks is null) return true;
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

    private double[] Changes(double[] steps) => _objective.KeepsExponent ? [.. steps.Select(CatBoostExp.Exp)] : steps;

    private double Changed(double state, double change) => _objective.KeepsExponent ? state * change : state + change;

    private double Loss(GrownTree tree, double[] states, double[] steps)
    {
        double[] changes = Changes(steps);
        if (typeof(TObjective) == typeof(LoglossObjective))
            return FastLogloss.Mean(states, changes, tree.Leaves, _labels, _weights, _lossBlocks!.Value);
        double loss = 0, weight = 0;
        foreach ((int start, int end) in LossBlocks.Of(states.Length, _lossBlocks!.Value))
        {
            double part = 0;
            for (int row = start; row < end; row++)
            {
                double own = _weights?[row] ?? 1;
                part += own * _objective.Loss(Changed(states[row], changes[tree.Leaves[row]]), _labels[row]);
                weight += own;
            }

            loss += part;
        }

        return _objective.Total(loss / (weight + 1e-38));
    }

    private double[] Exact(GrownTree tree, double[] states)
    {
        var rest = new List<float>[tree.LeafCount];
        for (int leaf = 0; leaf < rest.Length; leaf++) rest[leaf] = [];
        for (int row = 0; row < states.Length; row++) rest[tree.Leaves[row]].Add((float)(_labels[row] - states[row]));
        return [.. rest.Select(rows => (double)_objective.Exact([.. rows]))];
    }

    /// <summary>
    /// Rows in order; of larger tables in 128 parts, whose sums are added in order. Weights are summed once for all steps.
    /// </summary>
    private double[] Steps(GrownTree tree, double[] states, double[] leafWeights, bool isFirst)
    {
        double[] first = new double[tree.LeafCount], second = new double[tree.LeafCount];
        int size = _labels.Length < SmallTable ? _labels.Length : (_labels.Length + Parts - 1) / Parts;
        var part = new Sums[tree.LeafCount];
        double[] partSecond = new double[tree.LeafCount];
        for (int start = 0; start < _labels.Length; start += size)
        {
            Array.Clear(part);
            Array.Clear(partSecond);
            for (int row = start; row < Math.Min(start + size, _labels.Length); row++)
            {
                int leaf = tree.Leaves[row];
                (double g, double h) = _objective.Derivatives(states[row], _labels[row]);
                float weight = _weights is null ? 1 : _weights[row];
                part[leaf] += new Sums(g * weight, weight);
                partSecond[leaf] += h * weight;
            }

            for (int leaf = 0; leaf < part.Length; leaf++)
            {
                if (part[leaf].Weight <= NoWeight) continue;
                first[leaf] += part[leaf].Derivative;
                second[leaf] += partSecond[leaf];
                if (isFirst) leafWeights[leaf] += part[leaf].Weight;
            }
        }

        return _method == LeafEstimationMethod.Newton
            ? [.. first.Select((sum, leaf) => sum / (-second[leaf] + _lambda))]
            : [.. first.Select((sum, leaf) => leafWeights[leaf] > 0 ? sum * (1 / (leafWeights[leaf] + _lambda)) : 0)];
    }
}
