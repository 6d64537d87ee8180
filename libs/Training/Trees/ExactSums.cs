using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>
/// The scores of one candidate, of sums in CatBoost's order: rows in the sample's, all of them on the level where it entered, then on every
/// level the side with fewer rows, and the other is what is left.
/// </summary>
/// <param name="leaves">On a level at most.</param>
/// <param name="lambda">Draws leaves to 0.</param>
internal sealed unsafe class ExactSums(int leaves, double lambda)
{
    private const int Pair = 2, MostCells = 256;
    private readonly ThreadLocal<PinnedBuffer<double>> _cells = new(() => new PinnedBuffer<double>((long)(leaves + 1) * MostCells * Pair));
    private readonly List<bool> _isTrueSide = [];
    private RowSample? _sample;
    private ushort[] _leaves = [];

    /// <summary>Splits of the tree so far.</summary>
    public int Level { get; private set; }

    /// <summary>Another level.</summary>
    /// <param name="sample">The tree's.</param>
    /// <param name="isTrueSide">Whether the smaller side of the last split is the one where it is true.</param>
    /// <param name="leavesOf">By row of the table.</param>
    /// <param name="level">Splits of the tree so far.</param>
    public void Begin(RowSample sample, bool isTrueSide, ushort[] leavesOf, int level)
    {
        (_sample, _leaves, Level) = (sample, leavesOf, level);
        if (level > 0) _isTrueSide.Add(isTrueSide);
        else _isTrueSide.Clear();
    }

    /// <summary>For several candidates at a time.</summary>
    /// <param name="bins">By row.</param>
    /// <param name="pitch">Bytes from one row's to the next one's.</param>
    /// <param name="cellOf">By bin; null: itself.</param>
    /// <param name="entered">The level where it was summed anew.</param>
    /// <param name="level">Whose scores are wanted.</param>
    /// <param name="scores">Set.</param>
    public void Score(byte* bins, int pitch, byte[]? cellOf, int entered, int level, CandidateScores scores)
    {
        int cells = (scores.Candidate.BinCount + 1) / 2 * 2, leafDoubles = cells * Pair;
        double* all = _cells.Value!.Start;
        int* offsets = stackalloc int[MostCells];
        for (int bin = 0; bin < MostCells; bin++) offsets[bin] = (cellOf?[bin] ?? bin) * Pair * sizeof(double);
        Clear(all, (1 << entered) * leafDoubles);
        Add(all, bins, pitch, offsets, leafDoubles, (1 << entered) - 1, entered, side: 0);
        for (int bit = entered; bit < level; bit++)
        {
            int parents = 1 << bit, size = parents * leafDoubles, summed = _isTrueSide[bit] ? size : 0;
            double* from = all, rest = from + (size - summed);
            if (summed == 0) new Span<double>(from, size).CopyTo(new Span<double>(rest, size));
            Clear(all + summed, size);
            Add(all, bins, pitch, offsets, leafDoubles, (2 * parents) - 1, bit, _isTrueSide[bit] ? 1 : 0);
            PairSums.Subtract(rest, from + summed, size);
        }

        double** places = stackalloc double*[1 << level];
        for (int leaf = 0; leaf < 1 << level; leaf++) places[leaf] = all + (leaf * leafDoubles);
        scores.Set(places, 1 << level, lambda);
    }

    private static void Clear(double* cells, int count) => new Span<double>(cells, count).Clear();

    /// <summary>Rows that are not on the side go where nobody looks: faster than to ask of each.</summary>
    /// <param name="all">The cells of all leaves.</param>
    /// <param name="bins">By row.</param>
    /// <param name="pitch">From one row's to the next one's.</param>
    /// <param name="offsets">Of the cell, by bin.</param>
    /// <param name="leafDoubles">From one leaf's cells to the next one's.</param>
    /// <param name="mask">Of the bits of a leaf that are known.</param>
    /// <param name="bit">Of the leaf: that of the last split; past the mask: rows of both sides are wanted.</param>
    /// <param name="side">What it must be.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Add(double* all, byte* bins, int pitch, int* offsets, int leafDoubles, int mask, int bit, int side)
    {
        byte* cells = (byte*)all;
        int leafBytes = leafDoubles * sizeof(double), nowhere = leaves, asked = (mask >> bit) & 1, wanted = side & asked;
        fixed (int* rows = _sample!.Rows)
        fixed (ushort* leafOf = _leaves)
        fixed (double* derivatives = _sample.Derivatives[0])
        fixed (float* weights = _sample.Weights)
        {
            for (int i = 0; i < _sample.Count; i++)
            {
                int row = rows[i], leaf = leafOf[row] & mask, isOther = -((((leaf >> bit) & asked) ^ wanted) & 1);
                leaf = (leaf & ~isOther) | (nowhere & isOther);
                double* cell = (double*)(cells + ((nint)leaf * leafBytes) + offsets[bins[(nint)row * pitch]]);
                (Vector128.Load(cell) + Vector128.Create(derivatives[i], weights[i])).Store(cell);
            }
        }
    }
}
