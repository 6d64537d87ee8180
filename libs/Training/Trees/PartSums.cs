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

    private const int Rows = 8, CellBytes = 16;
    private readonly PinnedBuffer<Vector128<double>> _pairs = new(Together * Rows);
    private readonly PinnedBuffer<int> _cellOf = new(Together * Rows);

    /// <param name="leaves">By row.</param>
    /// <param name="states">By row.</param>
    /// <param name="part">The first.</param>
    /// <param name="together">How many parts.</param>
    /// <param name="cells">Filled: parts × leaves.</param>
    public void Sum(ushort[] leaves, double[] states, int part, int together, PinnedBuffer<Vector128<double>> cells)
    {
        int leafCount = (int)cells.Count / Together, start = part * size,
            common = Math.Min(size, labels.Length - start - ((together - 1) * size));
        cells.Span[..(together * leafCount)].Clear();
        Sum(leaves, states, start, common, together, cells, leafCount);
        // The table's last part may have fewer rows.
        if (common < size && together > 1) Sum(leaves, states, start + common, size - common, together - 1, cells, leafCount);
    }

    private void Sum(
        ushort[] leaves, double[] states, int start, int count, int together, PinnedBuffer<Vector128<double>> cells, int leafCount)
    {
        int row = typeof(TObjective) == typeof(LoglossObjective) ? SumByEights(leaves, states, start, count, together, cells, leafCount) : 0;
        for (; row < count; row++)
        {
            for (int one = 0; one < together; one++)
            {
                int own = start + (one * size) + row;
                (double first, double second) = objective.Derivatives(states[own], labels[own]);
                float weight = weights is null ? 1 : weights[own];
                cells.Span[(one * leafCount) + leaves[own]] += Vector128.Create(first * weight, second * weight);
            }
        }
    }

    /// <summary>Eight rows of every part at a time: derivatives first, part after part, then sums, row after row of all parts.</summary>
    /// <returns>How many rows of every part are summed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe int SumByEights(
        ushort[] leaves, double[] states, int start, int count, int together, PinnedBuffer<Vector128<double>> cells, int leafCount)
    {
        int row = 0, last = labels.Length - start - ((together - 1) * size) - Rows;
        Vector128<double>* pairs = _pairs.Start;
        int* cellOf = _cellOf.Start;
        fixed (double* state = &states[start])
        fixed (float* label = &labels[start], weight = weights is null ? [] : weights.AsSpan(start))
        fixed (ushort* leaf = &leaves[start])
        {
            // Of the last rows of a part those after them are read as well, where there are any.
            for (; row < count && row <= last; row += Rows)
            {
                nint own = row, step = size;
                Vector256<int> offset = Vector256<int>.Zero, next = Vector256.Create(leafCount * CellBytes);
                for (nint to = 0; to < together * Rows; to += Rows, own += step, offset += next)
                {
                    RowDerivatives.LoglossPairs(state + own, label + own, weight == null ? null : weight + own, pairs + to);
                    (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.Load(leaf + own));
                    ((Vector256.Create(low, high).AsInt32() * CellBytes) + offset).Store(cellOf + to);
                }

                Add((byte*)cells.Start, pairs, cellOf, Math.Min(Rows, count - row), together);
            }
        }

        return Math.Min(row, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Add(byte* cells, Vector128<double>* pairs, int* cellOf, int rows, int together)
    {
        for (int* end = cellOf + rows; cellOf < end; cellOf++, pairs++)
        {
            if (together != Together)
            {
                for (nint one = 0; one < together * Rows; one += Rows) Add(cells, cellOf[one], pairs[one]);
                continue;
            }

            Add(cells, cellOf[0], pairs[0]);
            Add(cells, cellOf[Rows], pairs[Rows]);
            Add(cells, cellOf[2 * Rows], pairs[2 * Rows]);
            Add(cells, cellOf[3 * Rows], pairs[3 * Rows]);
            Add(cells, cellOf[4 * Rows], pairs[4 * Rows]);
            Add(cells, cellOf[5 * Rows], pairs[5 * Rows]);
            Add(cells, cellOf[6 * Rows], pairs[6 * Rows]);
            Add(cells, cellOf[7 * Rows], pairs[7 * Rows]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Add(byte* cells, int cellOf, Vector128<double> pair) =>
        *(Vector128<double>*)(cells + (nuint)(uint)cellOf) += pair;
}
