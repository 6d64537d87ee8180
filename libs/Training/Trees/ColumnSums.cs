using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Quantising;
using BatchScoring.Training.Random;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The sums of all plain candidates of a fold, level by level: in groups of columns where they can be, else one by one.
/// </summary>
internal sealed unsafe class ColumnSums
{
    private const int SubtractionLeaves = 640, FewRows = 8192;

    /// <summary>Where leaves are not drawn to 0, what is left of an empty one's rows might count: there sums are exact from the start.</summary>
    private const double LeastLambda = 1e-3;

    private readonly TrainingParameters _parameters;
    private readonly Workers _workers;
    private readonly double _lambda;
    private readonly int _kept;
    private readonly bool _subtracts;
    private readonly ColumnGroup[] _groups = [];
    private readonly RoughGroup[] _roughGroups = [];
    private readonly Histogram[] _histograms;
    private readonly LeafRows<ExactPair>? _rows;
    private readonly RoughRows? _rough;
    private readonly ExactSums? _exact;
    private readonly PinnedBuffer<long>?[] _scratch, _batchScratch;
    private readonly long _scratchSize;
    private readonly int _draws;
    private readonly CandidateTask[] _tasks;
    private int[] _places = [];

    public ColumnSums(QuantisedColumn[] columns, int rows, TrainingParameters parameters, double lambda, int outputs, Workers workers)
    {
        (_parameters, _lambda, _subtracts, _workers) = (parameters, lambda, Subtracts(parameters, outputs), workers);
        (_scratch, _batchScratch) = (new PinnedBuffer<long>?[workers.Count], new PinnedBuffer<long>?[workers.Count]);
        Candidate[] candidates = Candidate.Of(columns);
        bool areGrouped = AreGrouped(parameters, outputs), areRough = AreRough(parameters, outputs, lambda);
        int leaves = areGrouped ? 1 << (parameters.Depth - 1) : 1;
        _kept = Math.Max(1, leaves / 2);
        Candidate[] narrow = [.. candidates.Where(candidate => candidate.Bins.IsNarrow && areGrouped)];
        GroupedColumns[] groups = [.. GroupedColumns.Of(
            narrow, areRough ? sizeof(long) : sizeof(ExactPair), (long)narrow.Length * rows <= parameters.MostKeptBins, workers)];
        if (areRough)
        {
            (_rough, _exact) = (new RoughRows(rows, leaves, lambda, workers), new ExactSums(leaves, lambda));
            _roughGroups = [.. groups.Select(group => new RoughGroup(group, _kept, lambda, _exact, workers))];
            _scratchSize = RoughGroup.ScratchSize(leaves);
        }
        else if (areGrouped)
        {
            _rows = new LeafRows<ExactPair>(rows, leaves, outputs, new ExactPairs(), workers);
            _groups = [.. groups.Select(group => new ColumnGroup(group, _kept, outputs, lambda, parameters.ScoreFunction))];
            _scratchSize = ColumnGroup.ScratchSize(leaves, outputs);
        }

        var grouped = groups.SelectMany(group => group.Scores).ToDictionary<CandidateScores, object>(
            scores => scores.Candidate, ReferenceEqualityComparer.Instance);
        CandidateScores[] all = [.. candidates.Select(candidate => grouped.GetValueOrDefault(candidate) ?? new CandidateScores(candidate))];
        _tasks = [.. all.Select(scores => new CandidateTask([scores], 1, 1))];
        _histograms = [.. all.Where(scores => !grouped.ContainsKey(scores.Candidate)).Select(scores => new Histogram(scores, outputs))];
        _draws = candidates.Sum(candidate => candidate.Columns);
    }

    /// <summary>Whether sums go by groups, from all rows or by subtraction as the level wants it.</summary>
    public static bool AreGrouped(TrainingParameters parameters, int outputs) =>
        !parameters.IsPlain && Subtracts(parameters, outputs) && parameters.Rsm >= 1 && parameters.Depth > 0;

    /// <summary>Whether sums are packed, and exact only where that may decide.</summary>
    public static bool AreRough(TrainingParameters parameters, int outputs, double lambda) => AreGrouped(parameters, outputs)
        && outputs == 1 && parameters.ScoreFunction == ScoreFunction.Cosine && lambda >= LeastLambda;

    /// <summary>By how much scores that are not exact may be off.</summary>
    public ScoreMargin Margin => _rough?.Margin ?? default;

    public void BeginTree()
    {
        foreach (Histogram histogram in _histograms) histogram.Forget();
    }

    /// <summary>Draws which of them a level looks at.</summary>
    /// <returns>In CatBoost's order.</returns>
    public CandidateTask[] Choose(CatBoostRandom random)
    {
        if (_parameters.Rsm >= 1)
        {
            random.Advance((ulong)_draws);
            return _tasks;
        }

        foreach (CandidateTask task in _tasks) task.Candidates[0].Choose(random, _parameters.Rsm);
        return [.. _tasks.Where(task => task.Candidates[0].IsPresent)];
    }

    /// <summary>Sums and scores a level of all candidates that were chosen.</summary>
    /// <param name="sample">The rows.</param>
    /// <param name="leaves">By row of the table.</param>
    /// <param name="splits">How many the tree has.</param>
    /// <param name="others">Summed as well.</param>
    public void Level(RowSample sample, ushort[] leaves, int splits, IEnumerable<ProjectionSums> others)
    {
        List<CtrBatch> batches = CtrBatch.Of(others.Select(projection => projection.Joint).OfType<CtrSums>());
        Prepare(sample, leaves, splits, batches.Count > 0);
        Histogram[] single = [.. _histograms.Where(histogram => histogram.Scores.IsPresent), .. others.SelectMany(projection => projection.Single)];
        foreach (Histogram absent in _histograms) if (!absent.Scores.IsPresent) absent.Forget();
        (int[] Places, bool IsTrueSide) smaller = splits > 0 && single.Length > 0 ? Smaller(sample, leaves, splits - 1) : ([], false);
        int grouped = _groups.Length + _roughGroups.Length;
        void Sums(int item, int worker)
        {
            long* scratch = item >= grouped ? null : (_scratch[worker] ??= new(_scratchSize)).Start;
            if (item < _groups.Length) _groups[item].Level(_rows!, _places, _kept, (double*)scratch);
            else if (item < grouped) _roughGroups[item - _groups.Length].Level(_rough!, _places, splits, scratch);
            else if (item < grouped + batches.Count) SumBatch(batches[item - grouped], splits, worker);
            else Sum(single[item - grouped - batches.Count], sample, leaves, splits, smaller);
        }

        int items = grouped + batches.Count + single.Length;
        // A small table is done before a second thread has seen that there is something to do.
        ((long)items * sample.Count < FewRows ? Workers.None : _workers).ForAll(items, Sums);
    }

    private void SumBatch(CtrBatch batch, int level, int worker)
    {
        if (_batchScratch[worker] is not { } scratch)
        {
            _batchScratch[worker] = scratch = new PinnedBuffer<long>(CtrBatch.ScratchSize);
            scratch.Span.Clear();
        }

        batch.Level(_rough!, _places, level, _exact!, scratch.Start);
    }

    private void Prepare(RowSample sample, ushort[] leaves, int splits, bool areAllWanted)
    {
        if (splits == 0)
        {
            _rows?.Take(sample);
            _rough?.Take(sample, leaves, areAllWanted);
            _exact?.Begin(sample, isTrueSide: false, leaves, splits);
            _places = [0];
            return;
        }

        _rows?.TakeSmaller(leaves, splits - 1);
        _rough?.Split(leaves, splits - 1, areAllWanted);
        if ((_rows?.IsTrueSide ?? _rough?.Smaller.IsTrueSide) is not { } isTrueSide) return;
        _exact?.Begin(sample, isTrueSide, leaves, splits);
        int[] before = _places;
        int parents = before.Length;
        _places = new int[2 * parents];
        for (int leaf = 0; leaf < parents; leaf++)
        {
            // What is left stays where its parent was.
            _places[leaf + (isTrueSide ? 0 : parents)] = before[leaf];
            _places[leaf + (isTrueSide ? parents : 0)] = parents + leaf;
        }
    }

    private void Sum(Histogram histogram, RowSample sample, ushort[] leaves, int splits, (int[] Places, bool IsTrueSide) smaller)
    {
        if (_subtracts && splits > 0 && histogram.IsKept)
            histogram.Split(sample, smaller.Places, smaller.IsTrueSide, leaves, 1 << (splits - 1));
        else histogram.Sum(sample, leaves, 1 << splits);
        histogram.Score(_lambda, _parameters.ScoreFunction);
    }

    private static bool Subtracts(TrainingParameters parameters, int outputs) =>
        parameters.SamplingFrequency != SamplingFrequency.PerTreeLevel && (1 << parameters.Depth) * outputs < SubtractionLeaves;

    private static (int[] Places, bool IsTrueSide) Smaller(RowSample sample, ushort[] leaves, int bit)
    {
        int yes = sample.Rows.Take(sample.Count).Count(row => leaves[row] >> bit == 1);
        bool isTrueSide = 2 * yes <= sample.Count;
        return ([.. Enumerable.Range(0, sample.Count).Where(i => leaves[sample.Rows[i]] >> bit == 1 == isTrueSide)], isTrueSide);
    }
}
