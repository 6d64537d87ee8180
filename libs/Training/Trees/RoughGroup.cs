using System.Runtime.CompilerServices;

namespace BatchScoring.Training.Trees;

/// <summary>As <see cref="ColumnGroup"/>, of packed sums: scores are right within a margin, and are made exact where that may decide.</summary>
internal sealed unsafe class RoughGroup
{
    private readonly GroupedColumns _columns;
    private readonly int _kept;
    private readonly double _lambda;
    private readonly PinnedBuffer<long> _cells;
    private readonly delegate*<int*, long*, int, byte*, long*, void> _add;
    private readonly JointColumns? _joint;
    private readonly ExactColumn[] _exact;

    /// <param name="columns">Summed in one pass.</param>
    /// <param name="kept">Leaves whose sums are kept from level to level.</param>
    /// <param name="lambda">Draws leaves to 0.</param>
    /// <param name="exact">Makes scores exact.</param>
    /// <param name="workers">Share the rows.</param>
    public RoughGroup(GroupedColumns columns, int kept, double lambda, ExactSums exact, Workers workers)
    {
        (_columns, _kept, _lambda) = (columns, kept, lambda);
        _cells = new PinnedBuffer<long>((long)kept * columns.LeafCells);
        _add = PairSums.Of<long>(columns.Scores.Length, columns.Stride);
        _joint = JointColumns.Of(columns, workers);
        _exact = [.. Enumerable.Range(0, columns.Scores.Length).Select(column => new ExactColumn(exact, columns, column))];
    }

    /// <summary>Cells that <see cref="Level"/> needs beside.</summary>
    public static int ScratchSize(int leaves) => PairSums.Columns * PairSums.LargeStride * Math.Max(1, leaves / 2);

    /// <summary>Sums a level's rows and scores all splits.</summary>
    /// <param name="rough">All rows, or after a split those of the smaller side.</param>
    /// <param name="places">Where the cells of every leaf are kept; from those that are kept on in the scratch.</param>
    /// <param name="level">Splits of the tree so far.</param>
    /// <param name="scratch">Of <see cref="ScratchSize"/>.</param>
    public void Level(RoughRows rough, int[] places, int level, long* scratch)
    {
        LeafRows<long> rows = rough.Smaller;
        int leaves = places.Length, summed = rows.FirstSummed(leaves);
        long** cells = stackalloc long*[leaves];
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            int place = places[leaf];
            cells[leaf] = place < _kept ? _cells.Start + ((long)place * _columns.LeafCells)
                : scratch + ((long)(place - _kept) * _columns.LeafCells);
        }

        Sum(rows, cells + summed);
        for (int column = 0; column < _columns.Scores.Length; column++)
        {
            Score(column, rough, leaves, cells);
            _columns.Scores[column].MayBeMadeExact(_exact[column], level);
        }
    }

    /// <summary>Of all leaves a few rows after the others: lines with rows of several leaves are still near then.</summary>
    private void Sum(LeafRows<long> rows, long** cells)
    {
        int* starts = stackalloc int[rows.Leaves];
        for (int leaf = 0; leaf < rows.Leaves; leaf++)
        {
            int start = starts[leaf] = rows.StartOf(leaf), count = rows.CountOf(leaf);
            if (_joint?.Sum(rows.Rows + start, rows.Pairs(0) + start, count, cells[leaf]) == true) starts[leaf] += count;
            else new Span<long>(cells[leaf], _columns.LeafCells).Clear();
        }

        for (int piece = 0; piece < rows.Pieces; piece++)
        {
            for (int leaf = 0; leaf < rows.Leaves; leaf++)
            {
                int start = starts[leaf], end = Math.Max(start, rows.EndOf(leaf, piece));
                _add(rows.Rows + start, rows.Pairs(0) + start, end - start, _columns.Bins.Start, cells[leaf]);
                starts[leaf] = end;
            }
        }
    }

    [SkipLocalsInit]
    private void Score(int column, RoughRows rough, int leaves, long** cells)
    {
        LeafRows<long> rows = rough.Smaller;
        CandidateScores scores = _columns.Scores[column];
        int summed = rows.FirstSummed(leaves), rest = leaves - rows.Leaves - summed;
        long** own = stackalloc long*[leaves];
        for (int leaf = 0; leaf < leaves; leaf++) own[leaf] = cells[leaf] + (column * _columns.Stride);
        if (leaves > rows.Leaves)
        {
            for (int leaf = 0; leaf < rows.Leaves; leaf++)
                if (rows.CountOf(leaf) > 0) RoughScores.Subtract(own[rest + leaf], own[summed + leaf], scores.Candidate.BinCount);
        }

        if (scores.Candidate is BorderCandidate) scores.SetRough(own, rough);
        else ScoreOneByOne(scores, rough, own, leaves);
    }

    private void ScoreOneByOne(CandidateScores scores, RoughRows rough, long** cells, int leaves)
    {
        CosineScore score = new(scores.Values.Length, _lambda);
        var sums = new Sums[scores.Candidate.BinCount];
        for (int leaf = 0; leaf < leaves; leaf++)
        {
            for (int bin = 0; bin < sums.Length; bin++) sums[bin] = rough.Exactly(cells[leaf][bin]);
            scores.Candidate.Score(sums, score);
        }

        scores.Set(score);
    }

    private sealed class ExactColumn(ExactSums sums, GroupedColumns columns, int column) : IExactScores
    {
        public void Set(CandidateScores scores, int level, bool areFine) =>
            sums.Score(columns.Bins.Start + column, columns.Pitch, null, areFine ? level : 0, level, scores);
    }
}
