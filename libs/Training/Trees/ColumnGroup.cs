using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Quantising;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Up to sixteen candidates whose bins lie row by row and are summed in one pass. Between levels the sums of all leaves are kept; of a
/// level's two halves the one with fewer rows is summed and the other is what is left, as in <see cref="Histogram"/>.
/// </summary>
internal sealed unsafe class ColumnGroup
{
    private const int Pair = 2, Fewest = 4;
    private readonly PinnedBuffer<byte> _bins;
    private readonly int _stride, _leafDoubles;
    private readonly double _lambda;
    private readonly ScoreFunction _function;
    private readonly PinnedBuffer<double>[] _cells;
    private readonly delegate*<int*, Vector128<double>*, int, byte*, double*, void> _add;

    private ColumnGroup(Candidate[] candidates, int stride, int kept, int outputs, double lambda, ScoreFunction function)
    {
        Scores = [.. candidates.Select(candidate => new CandidateScores(candidate))];
        (_stride, _lambda, _function) = (stride, lambda, function);
        _leafDoubles = candidates.Length * stride * Pair;
        _add = PairSums.Of(candidates.Length, stride);
        _cells = [.. Enumerable.Range(0, outputs).Select(_ => new PinnedBuffer<double>((long)kept * _leafDoubles))];
        int rows = candidates[0].Bins.Rows;
        int pitch = PairSums.PitchOf(candidates.Length);
        _bins = new PinnedBuffer<byte>((long)rows * pitch);
        BinColumn.MoveTo(_bins, pitch, [.. candidates.Select(candidate => candidate.Bins)]);
    }

    public CandidateScores[] Scores { get; }

    /// <summary>Doubles that <see cref="Level"/> needs beside.</summary>
    public static int ScratchSize(int leaves, int outputs) => PairSums.Columns * PairSums.LargeStride * Pair * outputs * Math.Max(1, leaves / 2);

    /// <summary>Groups of columns of like numbers of bins.</summary>
    /// <param name="candidates">Of at most 256 bins each.</param>
    /// <param name="kept">Leaves whose sums are kept from level to level.</param>
    /// <param name="outputs">Derivatives per row.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="function">What splits are compared by.</param>
    public static IEnumerable<ColumnGroup> Of(
        IReadOnlyCollection<Candidate> candidates, int kept, int outputs, double lambda, ScoreFunction function)
    {
        List<Candidate> left = [.. candidates];
        foreach (int stride in PairSums.Strides)
        {
            Candidate[] own = [.. left.Where(candidate => candidate.BinCount <= stride)];
            // So few would wait for their own sums: they do better among larger ones.
            if (own.Length < Fewest && own.Length < left.Count) continue;
            left.RemoveAll(own.Contains);
            int most = stride == PairSums.LargeStride ? 7 : PairSums.Columns, groups = (own.Length + most - 1) / most;
            for (int group = 0; group < groups; group++)
                yield return new ColumnGroup(own[(own.Length * group / groups)..(own.Length * (group + 1) / groups)], stride, kept, outputs,
                    lambda, function);
        }
    }

    /// <summary>Sums a level's rows and scores all splits.</summary>
    /// <param name="rows">All rows, or after a split those of the smaller side.</param>
    /// <param name="places">Where the cells of every leaf are kept; from <paramref name="kept"/> on in the scratch.</param>
    /// <param name="kept">Leaves that are kept.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/>.</param>
    public void Level(LeafRows rows, int[] places, int kept, double* scratch)
    {
        int leaves = places.Length, outputs = _cells.Length;
        double** cells = stackalloc double*[outputs * leaves];
        for (int output = 0, i = 0; output < outputs; output++)
        {
            foreach (int place in places)
            {
                cells[i++] = place < kept ? _cells[output].Start + ((long)place * _leafDoubles)
                    : scratch + ((((long)(place - kept) * outputs) + output) * _leafDoubles);
            }

            for (int leaf = 0; leaf < rows.Leaves; leaf++)
            {
                double* own = cells[(output * leaves) + rows.FirstSummed(leaves) + leaf];
                new Span<double>(own, _leafDoubles).Clear();
                int start = rows.StartOf(leaf);
                _add(rows.Rows + start, rows.Pairs(output) + start, rows.CountOf(leaf), _bins.Start, own);
            }
        }

        for (int column = 0; column < Scores.Length; column++) Score(column, rows, leaves, cells);
    }

    [SkipLocalsInit]
    private void Score(int column, LeafRows rows, int leaves, double** cells)
    {
        Candidate candidate = Scores[column].Candidate;
        int offset = column * _stride * Pair, summed = rows.FirstSummed(leaves), rest = leaves - rows.Leaves - summed;
        double** own = stackalloc double*[leaves];
        double* sums = stackalloc double[_stride * Pair];
        bool areBorders = candidate is BorderCandidate && _function == ScoreFunction.Cosine;
        ISplitScore? score = areBorders ? null : ISplitScore.Of(_function, candidate.Splits.Length, _lambda);
        if (areBorders) BorderScores.Clear(sums, _stride);
        for (int output = 0; output < _cells.Length; output++)
        {
            for (int leaf = 0; leaf < leaves; leaf++) own[leaf] = cells[(output * leaves) + leaf] + offset;
            if (leaves > rows.Leaves)
            {
                for (int leaf = 0; leaf < rows.Leaves; leaf++)
                    if (rows.CountOf(leaf) > 0) PairSums.Subtract(own[rest + leaf], own[summed + leaf], candidate.BinCount * Pair);
            }

            if (score is null) BorderScores.Add(own, leaves, candidate.BinCount - 1, _lambda, sums, sums + _stride);
            else for (int leaf = 0; leaf < leaves; leaf++) candidate.Score(new ReadOnlySpan<Sums>(own[leaf], candidate.BinCount), score);
        }

        if (score is null) Scores[column].Set(sums, sums + _stride);
        else Scores[column].Set(score);
    }
}
