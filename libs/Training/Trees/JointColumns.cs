namespace BatchScoring.Training.Trees;

/// <summary>
/// Columns of few bins that are summed together: a row adds once to the cell of its bins in all of them, and each column's sums are made of
/// those. Whole numbers only, whose sums do not depend on their order.
/// </summary>
internal sealed unsafe class JointColumns
{
    private const int MostCells = 256;

    /// <summary>Fewer columns in a pass are no faster: the sum of one cell is waited for.</summary>
    private const int FewestTogether = 4, LeastSaved = 2;

    /// <summary>With fewer rows the sums of columns cost more than is saved.</summary>
    private const int FewestRows = 128;

    private readonly GroupedColumns _columns;
    private readonly (int First, int End, int Cells)[] _joints;
    private readonly PinnedBuffer<byte> _bins;
    private readonly PinnedBuffer<long> _cells, _rest = new(MostCells);
    private readonly delegate*<int*, long*, int, byte*, long*, void> _add;

    private JointColumns((int First, int End, int Cells)[] joints, GroupedColumns columns, Workers workers)
    {
        (_columns, _joints) = (columns, joints);
        _cells = new PinnedBuffer<long>(joints.Length * PairSums.LargeStride);
        _add = PairSums.Of<long>(joints.Length, PairSums.LargeStride);
        int pitch = PairSums.PitchOf(joints.Length);
        long rows = columns.Bins.Count / columns.Pitch;
        _bins = new PinnedBuffer<byte>(rows * pitch);
        workers.ForRows((int)rows, (start, end) =>
        {
            for (int joint = 0; joint < joints.Length; joint++)
                for (long row = start; row < end; row++) _bins.Start[(row * pitch) + joint] = (byte)CellOf(row, joints[joint]);
        });
    }

    /// <returns>Null if nothing is gained.</returns>
    public static JointColumns? Of(GroupedColumns columns, Workers workers)
    {
        List<(int First, int End, int Cells)> joints = [];
        for (int column = 0; column < columns.Scores.Length; column++)
        {
            int bins = columns.Scores[column].Candidate.BinCount;
            if (joints.Count > 0 && joints[^1].Cells * bins <= MostCells)
                joints[^1] = (joints[^1].First, column + 1, joints[^1].Cells * bins);
            else joints.Add((column, column + 1, bins));
        }

        return columns.Scores.Length - Math.Max(joints.Count, FewestTogether) < LeastSaved ? null : new([.. joints], columns, workers);
    }

    /// <summary>Sums a leaf's rows.</summary>
    /// <param name="rows">Their numbers, and some more.</param>
    /// <param name="pairs">By row of the leaf.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="cells">The columns' cells; filled.</param>
    /// <returns>False if there are too few rows: nothing is done then.</returns>
    public bool Sum(int* rows, long* pairs, int count, long* cells)
    {
        if (count < FewestRows) return false;
        for (int joint = 0; joint < _joints.Length; joint++) new Span<long>(CellsOf(joint), _joints[joint].Cells).Clear();
        _add(rows, pairs, count, _bins.Start, _cells.Start);
        for (int joint = 0; joint < _joints.Length; joint++)
        {
            (int column, int end, int left) = _joints[joint];
            long* from = CellsOf(joint);
            for (; column < end; column++)
            {
                int bins = _columns.Scores[column].Candidate.BinCount;
                left /= bins;
                Part(from, bins, left, cells + (column * _columns.Stride), _rest.Start);
                from = _rest.Start;
            }
        }

        return true;
    }

    private long* CellsOf(int joint) => _cells.Start + (joint * PairSums.LargeStride);

    /// <summary>The first column's bin counts most.</summary>
    private int CellOf(long row, (int First, int End, int Cells) joint)
    {
        int cell = 0;
        for (int column = joint.First; column < joint.End; column++)
            cell = (cell * _columns.Scores[column].Candidate.BinCount) + _columns.Bins.Start[(row * _columns.Pitch) + column];
        return cell;
    }

    /// <summary>Sums over all other columns, and over this one.</summary>
    /// <param name="from">Bins × the others' cells.</param>
    /// <param name="bins">Of the column.</param>
    /// <param name="others">Cells of the others together.</param>
    /// <param name="own">The column's sums; filled.</param>
    /// <param name="rest">The others' sums; filled. May be where <paramref name="from"/> is.</param>
    private static void Part(long* from, int bins, int others, long* own, long* rest)
    {
        for (int bin = 0; bin < bins; bin++)
        {
            long sum = 0;
            for (int cell = 0; cell < others; cell++)
            {
                long one = from[(bin * others) + cell];
                sum += one;
                rest[cell] = bin == 0 ? one : rest[cell] + one;
            }

            own[bin] = sum;
        }
    }
}
