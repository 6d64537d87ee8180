using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Sums of derivatives by leaf of up to eight parts of the rows. They are summed side by side, since most rows are in few leaves and a sum
/// must wait for the one before it.
/// </summary>
internal sealed class PartSums<TObjective>(TObjective objective, float[] labels, float[]? weights, int size)
    where TObjective : struct, IObjective
{
    /// <summary>Parts at most.</summary>
    public const int Together = 8;

    private const int ChunkRows = 192, CellBytes = 16;
    private readonly double[] _first = new double[Together * ChunkRows], _second = new double[Together * ChunkRows];
    private readonly int[] _cellOf = new int[Together * ChunkRows];

    /// <param name="leaves">By row.</param>
    /// <param name="states">By row.</param>
    /// <param name="part">The first.</param>
    /// <param name="together">How many parts.</param>
    /// <param name="cells">Filled: parts × leaves.</param>
    public void Sum(int[] leaves, double[] states, int part, int together, Vector128<double>[] cells)
    {
        int leafCount = cells.Length / Together;
        Array.Clear(cells, 0, together * leafCount);
        Span<int> counts = stackalloc int[Together];
        for (int from = 0; from < size; from += ChunkRows)
        {
            int common = Math.Min(ChunkRows, size - from), filled = (common + Vector512<float>.Count - 1) & -Vector512<float>.Count;
            if (typeof(TObjective) == typeof(LoglossObjective) && together == Together
                && ((part + Together - 1) * size) + from + filled <= labels.Length)
            {
                DeriveTogether(leaves, states, (part * size) + from, filled, leafCount);
                AddTogether(common, cells);
                continue;
            }

            for (int one = 0; one < together; one++)
            {
                int start = ((part + one) * size) + from;
                counts[one] = Math.Clamp(Math.Min(size - from, labels.Length - start), 0, ChunkRows);
                common = Math.Min(common, counts[one]);
                if (counts[one] > 0) Derive(leaves, states, start, counts[one], one, leafCount);
            }

            if (together == Together) AddTogether(common, cells);
            else common = 0;
            for (int one = 0; one < together; one++)
                for (int row = (one * ChunkRows) + common; row < (one * ChunkRows) + counts[one]; row++)
                    cells[_cellOf[row] / CellBytes] += Vector128.Create(_first[row], _second[row]);
        }
    }

    /// <summary>Derivatives of a part's next rows, and where they are added. A few more rows, where there are any, fill a vector.</summary>
    private void Derive(int[] leaves, double[] states, int start, int count, int one, int leafCount)
    {
        int to = one * ChunkRows, row = 0;
        count = Math.Min(count + (-count & (Vector512<float>.Count - 1)), labels.Length - start);
        RowDerivatives.Of(objective, states.AsSpan(start, count), labels.AsSpan(start, count),
            weights is null ? [] : weights.AsSpan(start, count), _first.AsSpan(to, count), _second.AsSpan(to, count));
        Span<int> cellOf = _cellOf.AsSpan(to, count);
        ReadOnlySpan<int> own = leaves.AsSpan(start, count);
        var offset = Vector512.Create(one * leafCount);
        for (; row <= count - Vector512<int>.Count; row += Vector512<int>.Count)
            ((Vector512.Create(own[row..]) + offset) * CellBytes).CopyTo(cellOf[row..]);
        for (; row < count; row++) cellOf[row] = (own[row] + (one * leafCount)) * CellBytes;
    }

    /// <summary>The same of eight parts at once, of the log loss; a call for each takes longer than its work.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void DeriveTogether(int[] leaves, double[] states, int start, int count, int leafCount)
    {
        fixed (double* state = &states[start], first = _first, second = _second)
        fixed (float* label = &labels[start], weight = weights is null ? [] : weights.AsSpan(start))
        fixed (int* leaf = &leaves[start], cellOf = _cellOf)
        {
            for (int one = 0; one < Together; one++)
            {
                nint from = one * (nint)size, to = one * ChunkRows;
                var offset = Vector512.Create(one * leafCount);
                for (int row = 0; row < count; row += Vector512<float>.Count, from += Vector512<float>.Count, to += Vector512<float>.Count)
                {
                    RowDerivatives.OfLogloss(state + from, label + from, weight == null ? null : weight + from, first + to, second + to);
                    ((Vector512.Load(leaf + from) + offset) * CellBytes).Store(cellOf + to);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void AddTogether(int rows, Vector128<double>[] sums)
    {
        fixed (Vector128<double>* pinned = sums)
        fixed (int* cellOf = _cellOf)
        fixed (double* first = _first, second = _second)
        {
            byte* cells = (byte*)pinned;
            for (nint row = 0; row < rows; row++)
            {
                Add(cells, cellOf, first, second, row);
                Add(cells, cellOf, first, second, row + ChunkRows);
                Add(cells, cellOf, first, second, row + (2 * ChunkRows));
                Add(cells, cellOf, first, second, row + (3 * ChunkRows));
                Add(cells, cellOf, first, second, row + (4 * ChunkRows));
                Add(cells, cellOf, first, second, row + (5 * ChunkRows));
                Add(cells, cellOf, first, second, row + (6 * ChunkRows));
                Add(cells, cellOf, first, second, row + (7 * ChunkRows));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Add(byte* cells, int* cellOf, double* first, double* second, nint row)
    {
        var cell = (Vector128<double>*)(cells + (nuint)(uint)cellOf[row]);
        *cell += Vector128.Create(first[row], second[row]);
    }
}
