using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Logs;
using BatchScoring.Training.Metrics;

namespace BatchScoring.Training.Measuring;

/// <summary>What is measured while a model grows, and what follows from it: the best iteration, and whether it is worth going on.</summary>
internal sealed class Measurements
{
    private readonly TrainingParameters _parameters;
    private readonly Measure[] _measures;
    private readonly MeasuredSet _learn;
    private readonly (EvalRows Rows, MeasuredSet Set)[] _evals;
    private readonly SortedDictionary<(int Set, int Measure), List<(int Iteration, double Value)>> _points = [];
    private readonly List<int> _iterations = [];
    private readonly StopDetector? _detector;
    private readonly int _firstBest;
    private readonly MetricRows _learnRows;

    public Measurements(TrainingParameters parameters, Fold averaging, IReadOnlyList<EvalRows> evals, double[] bias, double[]? exponents)
    {
        _parameters = parameters;
        bool hasWeights = averaging.Weights is not null || evals.Any(eval => eval.Rows.Weights is not null);
        _measures = Measures.Of(parameters, bias.Length, hasWeights);
        MeasuredSet Set(Fold rows) => new(rows, bias, Objectives.LossBlocks.Count(parameters.LossBlocks, rows.Rows));
        _learn = Set(averaging);
        // CatBoost looks at what it keeps instead where a single metric is all that is asked of the learned rows.
        _learnRows = _learn.Rows with { Exponents = _measures.Count(one => one.IsMeasuredOnLearn) == 1 ? exponents : null };
        _evals = [.. evals.Select(eval => (eval, Set(eval.Rows)))];
        _detector = evals.Count == 0 ? null : StopDetector.Of(parameters, Main.Metric.IsLargerBetter);
        _firstBest = parameters.BestModelMinTrees - 1;
    }

    /// <summary>The best iteration so far; null without eval sets.</summary>
    public BestIteration? Best { get; private set; }

    /// <summary>The best among those that leave trees enough.</summary>
    public BestIteration? BestKept { get; private set; }

    public bool IsStopping => _detector?.IsOver ?? false;

    public string EvalMetric => Main.Name;

    public LoggedMetrics Logged => new(
        [.. _measures.Where(one => one.IsMeasuredOnLearn).Select(one => (one.Name, one.Metric.IsLargerBetter))],
        [.. _measures.Where(_ => _evals.Length > 0).Select(one => (one.Name, one.Metric.IsLargerBetter))], _evals.Length);

    public TrainingCurves Curves => new(_iterations, [.. _points.Select(one => new MetricCurve(
        _measures[one.Key.Measure].Name, one.Key.Set < 0 ? null : one.Key.Set,
        _measures[one.Key.Measure].Metric.IsLargerBetter, one.Value))]);

    private Measure Main => _measures[0];

    /// <summary>Whether all metrics are measured in an iteration.</summary>
    public bool IsPeriod(int iteration) => iteration % _parameters.MetricPeriod == 0 || iteration == _parameters.Iterations - 1;

    public void Shrink(double kept)
    {
        _learn.Shrink(kept);
        foreach ((_, MeasuredSet set) in _evals) set.Shrink(kept);
    }

    /// <summary>Takes a tree in and measures, if it is time to.</summary>
    /// <param name="iteration">The tree's number.</param>
    /// <param name="tree">The tree.</param>
    /// <param name="leaves">Of the learned rows, in their order for leaves.</param>
    public IReadOnlyList<MetricValue> Add(int iteration, TrainedTree tree, ushort[] leaves)
    {
        if (_learnRows.Exponents is null) _learn.Add(leaves, tree.Values);
        foreach ((EvalRows rows, MeasuredSet set) in _evals) set.Add(rows.Leaves(tree.Splits), tree.Values);
        bool isPeriod = IsPeriod(iteration);
        if (isPeriod) _iterations.Add(iteration);
        List<MetricValue> values = [];
        for (int set = -1; set < _evals.Length; set++)
        {
            for (int measure = 0; measure < _measures.Length; measure++)
            {
                bool isMeasured = set < 0 ? isPeriod && _measures[measure].IsMeasuredOnLearn
                    : isPeriod || (measure == 0 && _detector is not null);
                if (isMeasured) values.Add(Take(iteration, set, measure));
            }
        }

        return values;
    }

    private MetricValue Take(int iteration, int set, int measure)
    {
        double value = _measures[measure].Of(set < 0 ? _learnRows : _evals[set].Set.Rows);
        if (!_points.TryGetValue((set, measure), out List<(int Iteration, double Value)>? points))
            _points.Add((set, measure), points = []);
        points.Add((iteration, value));
        if (measure == 0 && set >= 0 && set == _evals.Length - 1) Compare(iteration, value);
        return new MetricValue(_measures[measure].Name, set < 0 ? null : set, value);
    }

    private void Compare(int iteration, double value)
    {
        _detector?.Add(value);
        if (Best is null || IsBetter(value, Best.Value)) Best = new BestIteration(iteration, value);
        if (iteration >= _firstBest && (BestKept is null || IsBetter(value, BestKept.Value)))
            BestKept = new BestIteration(iteration, value);
    }

    private bool IsBetter(double value, double than) => Main.Metric.IsLargerBetter ? value > than : value < than;
}
