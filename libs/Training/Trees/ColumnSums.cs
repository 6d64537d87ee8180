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
    private readonly TrainingParameters _parameters;
    private readonly Workers _workers;
    private readonly double _lambda;
    private readonly int _kept;
    private readonly bool _subtracts;
    private readonly ColumnGroup[] _groups;
    private readonly Histogram[] _histograms;
    private readonly LeafRows? _rows, _all;
    private readonly ExactCtrSums? _exact;
    private readonly PinnedBuffer<double>?[] _scratch, _batchScratch;
    private readonly int _scratchSize, _draws;
    private readonly CandidateTask[] _tasks;
    private int[] _places = [];

    public ColumnSums(QuantisedColumn[] columns, int rows, TrainingParameters parameters, double lambda, int outputs, Workers workers)
    {
        (_parameters, _lambda, _subtracts, _workers) = (parameters, lambda, Subtracts(parameters, outputs), workers);
        (_scratch, _batchScratch) = (new PinnedBuffer<double>?[workers.Count], new PinnedBuffer<double>?[workers.Count]);
        Candidate[] candidates = Candidate.Of(columns);
        bool areGrouped = AreGrouped(parameters, outputs);
        int leaves = areGrouped ? 1 << (parameters.Depth - 1) : 1;
        _kept = Math.Max(1, leaves / 2);
        _groups = areGrouped ? [.. ColumnGroup.Of([.. candidates.Where(candidate => candidate.Bins.IsNarrow)], _kept, outputs, lambda,
            parameters.ScoreFunction)] : [];
        var grouped = _groups.SelectMany(group => group.Scores).ToDictionary<CandidateScores, object>(
            scores => scores.Candidate, ReferenceEqualityComparer.Instance);
        CandidateScores[] all = [.. candidates.Select(candidate => grouped.GetValueOrDefault(candidate) ?? new CandidateScores(candidate))];
        _tasks = [.. all.Select(scores => new CandidateTask([scores], 1, 1))];
        _histograms = [.. all.Where(scores => !grouped.ContainsKey(scores.Candidate)).Select(scores => new Histogram(scores, outputs))];
        if (areGrouped) _rows = new LeafRows(rows, leaves, outputs, workers);
        if (areGrouped && columns.Any(column => column.IsCtr))
            (_all, _exact) = (new LeafRows(rows, leaves, outputs, workers), new ExactCtrSums(leaves, lambda));
        _scratchSize = ColumnGroup.ScratchSize(leaves, outputs);
        _draws = candidates.Sum(candidate => candidate.Columns);
    }

    /// <summary>Whether sums go by groups, from all rows or by subtraction as the level wants it.</summary>
    public static bool AreGrouped(TrainingParameters parameters, int outputs) =>
        !parameters.IsPlain && Subtracts(parameters, outputs) && parameters.Rsm >= 1 && parameters.Depth > 0;

    /// <summary>By how much scores that are not exact may differ while their order is open.</summary>
    public double Margin => _exact?.Margin ?? 0;

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
    public void Level(RowSample sample, int[] leaves, int splits, IEnumerable<ProjectionSums> others)
    {
        Prepare(sample, leaves, splits);
        Histogram[] single = [.. _histograms.Where(histogram => histogram.Scores.IsPresent), .. others.SelectMany(projection => projection.Single)];
        foreach (Histogram absent in _histograms) if (!absent.Scores.IsPresent) absent.Forget();
        (int[] Places, bool IsTrueSide) smaller = splits > 0 && single.Length > 0 ? Smaller(sample, leaves, splits - 1) : ([], false);
        List<CtrBatch> batches = CtrBatch.Of(others.Select(projection => projection.Joint).OfType<CtrSums>());
        if (batches.Count > 0)
        {
            _exact!.Begin(sample, _rows!, leaves, splits);
            if (splits == 0) _all!.TakeAll(_rows!, leaves, 1);
            else _all!.SplitAll(leaves, splits - 1);
        }

        int grouped = _groups.Length + batches.Count;
        void Sums(int item, int worker)
        {
            if (item < _groups.Length) _groups[item].Level(_rows!, _places, _kept, (_scratch[worker] ??= new(_scratchSize)).Start);
            else if (item < grouped) SumBatch(batches[item - _groups.Length], worker);
            else Sum(single[item - grouped], sample, leaves, splits, smaller);
        }

        int items = grouped + single.Length;
        // A small table is done before a second thread has seen that there is something to do.
        ((long)items * sample.Count < FewRows ? Workers.None : _workers).ForAll(items, Sums);
    }

    private void SumBatch(CtrBatch batch, int worker)
    {
        if (_batchScratch[worker] is not { } scratch)
        {
            _batchScratch[worker] = scratch = new PinnedBuffer<double>(CtrBatch.ScratchSize);
            scratch.Span.Clear();
        }

        batch.Level(_all!, _rows!, _places, _exact!, _lambda, scratch.Start);
    }

    private void Prepare(RowSample sample, int[] leaves, int splits)
    {
        if (_rows is null) return;
        if (splits == 0)
        {
            _rows.Take(sample);
            _places = [0];
            return;
        }

        _rows.TakeSmaller(leaves, splits - 1);
        int[] before = _places;
        int parents = before.Length;
        _places = new int[2 * parents];
        for (int leaf = 0; leaf < parents; leaf++)
        {
            // What is left stays where its parent was.
            _places[leaf + (_rows.IsTrueSide ? 0 : parents)] = before[leaf];
            _places[leaf + (_rows.IsTrueSide ? parents : 0)] = parents + leaf;
        }
    }

    private void Sum(Histogram histogram, RowSample sample, int[] leaves, int splits, (int[] Places, bool IsTrueSide) smaller)
    {
        if (_subtracts && splits > 0 && histogram.IsKept)
            histogram.Split(sample, smaller.Places, smaller.IsTrueSide, leaves, 1 << (splits - 1));
        else histogram.Sum(sample, leaves, 1 << splits);
        histogram.Score(_lambda, _parameters.ScoreFunction);
    }

    private static bool Subtracts(TrainingParameters parameters, int outputs) =>
        parameters.SamplingFrequency != SamplingFrequency.PerTreeLevel && (1 << parameters.Depth) * outputs < SubtractionLeaves;

    private static (int[] Places, bool IsTrueSide) Smaller(RowSample sample, int[] leaves, int bit)
    {
        int yes = sample.Rows.Take(sample.Count).Count(row => leaves[row] >> bit == 1);
        bool isTrueSide = 2 * yes <= sample.Count;
        return ([.. Enumerable.Range(0, sample.Count).Where(i => leaves[sample.Rows[i]] >> bit == 1 == isTrueSide)], isTrueSide);
    }
}
