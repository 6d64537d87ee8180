using BatchScoring.Training.Objectives;
using BatchScoring.Training.Random;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training;

/// <summary>The raw values of a loss with several outputs.</summary>
internal sealed class MultiOutput : IRawValues
{
    private const int PartRows = 1000;
    private readonly IMultiObjective _objective;
    private readonly float[]? _weights;
    private readonly double _lambda;
    private readonly LeafEstimationMethod _method;
    private readonly int _iterations;
    private readonly int? _lossBlocks;
    private readonly double[][] _raw;

    /// <param name="objective">The loss.</param>
    /// <param name="rows">How many.</param>
    /// <param name="weights">By row; null: all 1.</param>
    /// <param name="start">What raw values start from, outputs × rows; null: a constant.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="parameters">Method, steps, backtracking.</param>
    /// <param name="columns">Few columns and trees need one step.</param>
    public MultiOutput(
        IMultiObjective objective, int rows, float[]? weights, double[][]? start, double lambda, TrainingParameters parameters, int columns)
    {
        (_objective, _weights, _lambda) = (objective, weights, lambda);
        _method = parameters.LeafEstimationMethod ?? LeafEstimationMethod.Newton;
        _iterations = parameters.LeafIterations(columns, objective.LeafIterations(_method));
        bool looksBack = parameters.LeafEstimationBacktracking == LeafEstimationBacktracking.AnyImprovement && _iterations > 1;
        _lossBlocks = looksBack ? LossBlocks.Count(parameters.LossBlocks, rows) : null;
        StartsAtAverage = start is null && (parameters.BoostFromAverage ?? objective.StartsAtAverage);
        Bias = StartsAtAverage ? objective.Average(weights) : new double[objective.Outputs];
        _raw = [.. Enumerable.Range(0, rows).Select(row => start is null ? (double[])Bias.Clone()
            : start.Select(values => values[row]).ToArray())];
    }

    public int Outputs => _objective.Outputs;

    public bool StartsAtAverage { get; }

    public double[] Bias { get; }

    public void Derivatives(double[][] derivatives)
    {
        double[] first = new double[Outputs];
        for (int row = 0; row < _raw.Length; row++)
        {
            _objective.First(_raw[row], row, first);
            for (int output = 0; output < first.Length; output++) derivatives[output][row] = first[output] * (_weights?[row] ?? 1);
        }
    }

    public double[] Leaves(GrownTree tree, CatBoostRandom random)
    {
        double[] values = new double[tree.LeafCount * Outputs];
        double[][] moved = [.. _raw.Select(raw => (double[])raw.Clone())];
        double[]? weights = null;
        double loss = _lossBlocks is null ? double.NaN : Loss(moved);
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            double[] steps = Steps(tree, moved, ref weights);
            if (Stepped(tree, moved, steps, ref loss, ref iteration) is not { } next) break;
            for (int i = 0; i < values.Length; i++) values[i] += steps[i];
            moved = next;
        }

        return values;
    }

    /// <summary>A step that does not lower the loss is halved; every try counts as an iteration.</summary>
    /// <returns>Raw values after it; null when the iterations ran out.</returns>
    private double[][]? Stepped(GrownTree tree, double[][] raw, double[] steps, ref double loss, ref int iteration)
    {
        for (; iteration < _iterations; iteration++)
        {
            double[][] next = [.. raw.Select(row => (double[])row.Clone())];
            Move(tree, next, steps);
            if (_lossBlocks is null) return next;
            double after = Loss(next);
            if (after < loss)
            {
                loss = after;
                return next;
            }

            for (int i = 0; i < steps.Length; i++) steps[i] /= 2;
        }

        return null;
    }

    private double Loss(double[][] raw)
    {
        double sum = LossBlocks.Of(raw.Length, _lossBlocks!.Value).Sum(part => _objective.Loss(raw, part.Start, part.End, _weights));
        return _objective.Total(sum, _weights?.Sum(weight => (double)weight) ?? raw.Length);
    }

    public void Move(GrownTree tree, double[] values) => Move(tree, _raw, values);

    public void Advance(GrownTree tree, float rate) => throw new NotSupportedException("Several outputs are not trained with CTRs.");

    public void Shrink(double kept)
    {
        foreach (double[] raw in _raw.Append(Bias))
            for (int output = 0; output < raw.Length; output++) raw[output] *= kept;
    }

    private void Move(GrownTree tree, double[][] raw, double[] values)
    {
        for (int row = 0; row < raw.Length; row++)
            for (int output = 0; output < Outputs; output++) raw[row][output] += values[(tree.Leaves[row] * Outputs) + output];
    }

    /// <summary>In parts of a thousand rows, whose sums are added in order. Weights are summed once for all steps.</summary>
    private double[] Steps(GrownTree tree, double[][] raw, ref double[]? weights)
    {
        LeafSums[] all = Sums(tree);
        for (int start = 0; start < raw.Length; start += PartRows)
        {
            LeafSums[] part = Sums(tree);
            for (int row = start; row < Math.Min(start + PartRows, raw.Length); row++)
                part[tree.Leaves[row]].Add(_objective, raw[row], row, _weights?[row] ?? 1);
            for (int leaf = 0; leaf < all.Length; leaf++)
                if (part[leaf].Weight > RowWeights.Least) all[leaf].Add(part[leaf]);
        }

        weights ??= [.. all.Select(sums => sums.Weight)];
        double[] known = weights;
        return [.. all.SelectMany((sums, leaf) => _method == LeafEstimationMethod.Gradient
            ? sums.First.Select(first => known[leaf] > 0 ? first * (1 / (known[leaf] + _lambda)) : 0)
            : _objective.Newton(sums.First, sums.Second, (float)_lambda))];
    }

    private LeafSums[] Sums(GrownTree tree) =>
        [.. Enumerable.Range(0, tree.LeafCount).Select(_ => new LeafSums(Outputs, _objective.SecondCount))];

    /// <summary>Of the rows of a leaf.</summary>
    private sealed class LeafSums(int outputs, int seconds)
    {
        private readonly double[] _rowFirst = new double[outputs], _rowSecond = new double[seconds];

        public double[] First { get; } = new double[outputs];

        public double[] Second { get; } = new double[seconds];

        public double Weight { get; private set; }

        public void Add(IMultiObjective objective, double[] raw, int row, float weight)
        {
            objective.First(raw, row, _rowFirst);
            objective.Second(raw, row, _rowSecond);
            for (int i = 0; i < First.Length; i++) First[i] += _rowFirst[i] * weight;
            for (int i = 0; i < Second.Length; i++) Second[i] += _rowSecond[i] * weight;
            Weight += weight;
        }

        public void Add(LeafSums part)
        {
            for (int i = 0; i < First.Length; i++) First[i] += part.First[i];
            for (int i = 0; i < Second.Length; i++) Second[i] += part.Second[i];
            Weight += part.Weight;
        }
    }
}
