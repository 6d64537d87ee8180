using System.Runtime.CompilerServices;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Up to sixteen candidates whose bins lie row by row and are summed in one pass. Between levels the sums of all leaves are kept; of a
/// level's two halves the one with fewer rows is summed and the other is what is left, as in <see cref="Histogram"/>.
/// </summary>
internal sealed unsafe class ColumnGroup
{
    private const int Pair = 2;
    private readonly GroupedColumns _columns;
    private readonly int _stride, _leafDoubles;
    private readonly double _lambda;
    private readonly ScoreFunction _function;
    private readonly PinnedBuffer<double>[] _cells;
    private readonly delegate*<int*, ExactPair*, int, byte*, ExactPair*, void> _add;

    /// <param name="columns">Summed in one pass.</param>
    /// <param name="kept">Leaves whose sums are kept from level to level.</param>
    /// <param name="outputs">Derivatives per row.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="function">What splits are compared by.</param>
    public ColumnGroup(GroupedColumns columns, int kept, int outputs, double lambda, ScoreFunction function)
    {
        (_columns, _stride, _lambda, _function) = (columns, columns.Stride, lambda, function);
        _leafDoubles = columns.LeafCells * Pair;
        _add = PairSums.Of<ExactPair>(columns.Scores.Length, columns.Stride);
        _cells = [.. Enumerable.Range(0, outputs).Select(_ => new PinnedBuffer<double>((long)kept * _leafDoubles))];
    }

    private CandidateScores[] Scores => _columns.Scores;

    /// <summary>Doubles that <see cref="Level"/> needs beside.</summary>
    public static int ScratchSize(int leaves, int outputs) => PairSums.Columns * PairSums.LargeStride * Pair * outputs * Math.Max(1, leaves / 2);

    /// <summary>Sums a level's rows and scores all splits.</summary>
    /// <param name="rows">All rows, or after a split those of the smaller side.</param>
    /// <param name="places">Where the cells of every leaf are kept; from <paramref name="kept"/> on in the scratch.</param>
    /// <param name="kept">Leaves that are kept.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/>.</param>
    public void Level(LeafRows<ExactPair> rows, int[] places, int kept, double* scratch)
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
                _add(rows.Rows + start, rows.Pairs(output) + start, rows.CountOf(leaf), _columns.Bins.Start, (ExactPair*)own);
            }
        }

        for (int column = 0; column < Scores.Length; column++) Score(column, rows, leaves, cells);
    }

    [SkipLocalsInit]
    private void Score(int column, LeafRows<ExactPair> rows, int leaves, double** cells)
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
