using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Ctrs;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The scores of one number made of a projection, of sums in CatBoost's order: rows in the sample's, all of them on the level where the
/// projection entered, then on every level the side with fewer rows, and the other is what is left.
/// </summary>
/// <param name="leaves">On a level at most.</param>
/// <param name="lambda">Draws leaves to 0.</param>
internal sealed unsafe class ExactCtrSums(int leaves, double lambda)
{
    private const int LeafDoubles = JointSteps.Bins * 2, LeafShift = 8;
    private readonly PinnedBuffer<double> _cells = new((long)(leaves + 1) * LeafDoubles);
    private readonly List<bool> _isTrueSide = [];
    private RowSample? _sample;
    private LeafRows? _rows;
    private int[] _leaves = [];

    /// <summary>Splits of the tree so far.</summary>
    public int Level { get; private set; }

    /// <summary>By how much two scores may differ at most while their order is open.</summary>
    public double Margin { get; private set; }

    /// <summary>Another level.</summary>
    /// <param name="sample">The tree's.</param>
    /// <param name="rows">Its pairs, and which side is the smaller one.</param>
    /// <param name="leavesOf">By row of the table.</param>
    /// <param name="level">Splits of the tree so far.</param>
    public void Begin(RowSample sample, LeafRows rows, int[] leavesOf, int level)
    {
        (_sample, _rows, _leaves, Level) = (sample, rows, leavesOf, level);
        if (level > 0)
        {
            _isTrueSide.Add(rows.IsTrueSide);
            return;
        }

        _isTrueSide.Clear();
        Margin = MarginOf(sample);
    }

    /// <param name="joint">What rows have of the number.</param>
    /// <param name="number">Which of the projection's.</param>
    /// <param name="entered">The level where it was summed anew.</param>
    /// <param name="scores">Set.</param>
    public void Score(JointSteps joint, int number, int entered, CandidateScores scores)
    {
        byte* offsets = stackalloc byte[byte.MaxValue + 1];
        for (int own = 0; own <= byte.MaxValue; own++) offsets[own] = (byte)(joint.Offsets[own] >> (8 * (number - joint.First)));
        Clear(0, 1 << entered);
        Add(joint.Bytes.Start, offsets, (1 << entered) - 1, entered, side: 0);
        for (int bit = entered; bit < Level; bit++)
        {
            int parents = 1 << bit, size = parents * LeafDoubles, summed = _isTrueSide[bit] ? parents : 0;
            double* from = _cells.Start, rest = from + ((parents - summed) * LeafDoubles);
            if (summed == 0) new Span<double>(from, size).CopyTo(new Span<double>(rest, size));
            Clear(summed, parents);
            Add(joint.Bytes.Start, offsets, (2 * parents) - 1, bit, _isTrueSide[bit] ? 1 : 0);
            PairSums.Subtract(rest, from + (summed * LeafDoubles), size);
        }

        int count = 1 << Level;
        double** places = stackalloc double*[count];
        for (int leaf = 0; leaf < count; leaf++) places[leaf] = _cells.Start + (leaf * LeafDoubles);
        CtrSums.Score(places, count, lambda, scores);
    }

    private void Clear(int leaf, int count) => new Span<double>(_cells.Start + (leaf * LeafDoubles), count * LeafDoubles).Clear();

    /// <summary>Rows that are not on the side go where nobody looks: faster than to ask of each.</summary>
    /// <param name="bytes">By row.</param>
    /// <param name="offsets">Of the cell, by byte.</param>
    /// <param name="mask">Of the bits of a leaf that are known.</param>
    /// <param name="bit">Of the leaf: that of the last split; past the mask: rows of both sides are wanted.</param>
    /// <param name="side">What it must be.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(byte* bytes, byte* offsets, int mask, int bit, int side)
    {
        byte* cells = (byte*)_cells.Start;
        Vector128<double>* pairs = _rows!.PairsByRow(0);
        int nowhere = leaves, asked = (mask >> bit) & 1, wanted = side & asked;
        fixed (int* rows = _sample!.Rows, leafOf = _leaves)
        {
            for (int i = 0; i < _sample.Count; i++)
            {
                int row = rows[i], leaf = leafOf[row] & mask, isOther = -((((leaf >> bit) & asked) ^ wanted) & 1);
                leaf = (leaf & ~isOther) | (nowhere & isOther);
                double* cell = (double*)(cells + (((nint)leaf << LeafShift) + offsets[bytes[row]]));
                (Vector128.Load(cell) + pairs[row]).Store(cell);
            }
        }
    }

    /// <summary>
    /// Sums in another order differ by about 1e-16 of what the absolute values of derivatives add up to, scores by as much of the largest
    /// that there could be: five digits are left.
    /// </summary>
    private static double MarginOf(RowSample sample)
    {
        double squares = 0;
        for (int i = 0; i < sample.Count; i++)
            if (sample.Weights[i] > 0) squares += sample.Derivatives[0][i] * sample.Derivatives[0][i] / sample.Weights[i];
        return 1e-11 * Math.Sqrt(squares);
    }
}
