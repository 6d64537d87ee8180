using System.Runtime.CompilerServices;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// Leaves looked up one by one, for trees of any depth: eight rows side by side, so that eight chains of additions overlap.
/// </summary>
internal sealed unsafe class ScalarLeafTable : LeafTable
{
    private const int Rows = 8;

    private readonly AlignedMemory _leaves;
    private readonly int[] _starts;
    private readonly int _planes;
    private readonly short[]? _sumPlaces;

    /// <summary>Copies the leaves.</summary>
    /// <param name="trees">The batch.</param>
    /// <param name="output">Which of a leaf's values.</param>
    /// <param name="sumPlaces">Where the sum of each index byte's row is; null: the sums have the order of the index bytes.</param>
    public ScalarLeafTable(ReadOnlySpan<MaskTree> trees, int output, short[]? sumPlaces)
    {
        _sumPlaces = sumPlaces;
        _starts = new int[trees.Length];
        int count = 0;
        for (int i = 0; i < trees.Length; i++)
        {
            _starts[i] = count;
            count = checked(count + trees[i].Leaves[output].Length);
            _planes = Math.Max(_planes, trees[i].Planes);
        }

        _leaves = new((long)count * sizeof(double));
        for (int i = 0; i < trees.Length; i++)
            trees[i].Leaves[output].CopyTo(new Span<double>((double*)_leaves.Start + _starts[i], trees[i].Leaves[output].Length));
    }

    /// <inheritdoc/>
    public override void Add(byte* indices, int units, double* sums)
    {
        int rows = units * MaskKernels.UnitRows;
        if (_sumPlaces is null)
        {
            AddInOrder(indices, rows, sums);
            return;
        }

        double* ordered = stackalloc double[MaskKernels.PassRows];
        for (int row = 0; row < rows; row++) ordered[row] = sums[_sumPlaces[row]];
        AddInOrder(indices, rows, ordered);
        for (int row = 0; row < rows; row++) sums[_sumPlaces[row]] = ordered[row];
    }

    private void AddInOrder(byte* indices, int rows, double* sums)
    {
        fixed (int* starts = _starts)
        {
            if (_planes == 1) AddNarrow(indices, (double*)_leaves.Start, starts, _starts.Length, rows, sums);
            else AddWide(indices, (double*)_leaves.Start, starts, _starts.Length, _planes, rows, sums);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNarrow(byte* indices, double* allLeaves, int* starts, int trees, int rows, double* sums)
    {
        for (double* end = sums + rows; sums < end; sums += Rows)
        {
            double s0 = sums[0];
            double s1 = sums[1];
            double s2 = sums[2];
            double s3 = sums[3];
            double s4 = sums[4];
            double s5 = sums[5];
            double s6 = sums[6];
            double s7 = sums[7];
            byte* index = indices;
            for (int tree = 0; tree < trees; tree++)
            {
                // One load for eight leaf numbers: loads are what this loop has too few of.
                ulong numbers = *(ulong*)index;
                double* leaves = allLeaves + starts[tree];
                s0 += leaves[(byte)numbers];
                s1 += leaves[(byte)(numbers >> 8)];
                s2 += leaves[(byte)(numbers >> 16)];
                s3 += leaves[(byte)(numbers >> 24)];
                s4 += leaves[(byte)(numbers >> 32)];
                s5 += leaves[(byte)(numbers >> 40)];
                s6 += leaves[(byte)(numbers >> 48)];
                s7 += leaves[numbers >> 56];
                index += MaskKernels.PassRows;
            }

            sums[0] = s0;
            sums[1] = s1;
            sums[2] = s2;
            sums[3] = s3;
            sums[4] = s4;
            sums[5] = s5;
            sums[6] = s6;
            sums[7] = s7;
            indices += Rows;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddWide(byte* indices, double* allLeaves, int* starts, int trees, int planes, int rows, double* sums)
    {
        for (int tree = 0; tree < trees; tree++)
        {
            double* leaves = allLeaves + starts[tree];
            if (planes == 2)
            {
                for (int row = 0; row < rows; row++)
                    sums[row] += leaves[indices[row] | (indices[MaskKernels.PassRows + row] << MaskKernels.PlaneBits)];
            }
            else
            {
                for (int row = 0; row < rows; row++) sums[row] += leaves[LeafOf(indices + row, planes)];
            }

            indices += planes * MaskKernels.PassRows;
        }
    }

    private static int LeafOf(byte* index, int planes)
    {
        int leaf = 0;
        for (int plane = 0; plane < planes; plane++) leaf |= index[plane * MaskKernels.PassRows] << (plane * MaskKernels.PlaneBits);
        return leaf;
    }
}
