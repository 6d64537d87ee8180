using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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

    private const int Rows = 8, CellBits = 4, CellBytes = 1 << CellBits;
    private readonly PinnedBuffer<MadeRows> _made = new(2 * Together);

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

    /// <summary>
    /// Eight rows of every part at a time: derivatives first, part after part, then sums, row after row of all parts. Of eight parts the
    /// next rows' derivatives are made between the sums: the one waits for the divider, the other for memory.
    /// </summary>
    /// <returns>How many rows of every part are summed.</returns>
    private unsafe int SumByEights(
        ushort[] leaves, double[] states, int start, int count, int together, PinnedBuffer<Vector128<double>> cells, int leafCount)
    {
        // Of the last rows of a part those after them are read as well, where there are any.
        int blocks = Math.Min((count + Rows - 1) / Rows, (labels.Length - start - ((together - 1) * size)) / Rows),
            last = (blocks - 1) * Rows;
        if (blocks <= 0) return 0;
        MadeRows* made = _made.Start;
        byte* to = (byte*)cells.Start;
        fixed (double* state = &states[start])
        fixed (float* label = &labels[start], weight = weights is null ? [] : weights.AsSpan(start))
        fixed (ushort* leaf = &leaves[start])
        {
            Make(state, label, weight, leaf, together, leafCount, made);
            if (together == Together) made = MakeAndAdd(state, label, weight, leaf, leafCount, made, blocks - 1, to);
            else
            {
                for (int next = Rows; next <= last; next += Rows)
                {
                    AddRows(to, made, Rows, together);
                    Make(state + next, label + next, weight == null ? null : weight + next, leaf + next, together, leafCount, made);
                }
            }

            AddRows(to, made, Math.Min(Rows, count - last), together);
        }

        return Math.Min(last + Rows, count);
    }

    private unsafe void Make(
        double* state, float* label, float* weight, ushort* leaf, int together, int leafCount, MadeRows* made)
    {
        nint row = 0;
        for (int part = 0; part < together; part++, row += size)
            Make(state + row, label + row, weight == null ? null : weight + row, leaf + row, Vector256.Create(part * leafCount * CellBytes),
                made + part);
    }

    private static unsafe void AddRows(byte* cells, MadeRows* made, int rows, int together)
    {
        for (int row = 0; row < rows; row++)
            for (int part = 0; part < together; part++) Add(cells, made, part, row);
    }

    /// <summary>Adds rows of eight parts while the next ones are made.</summary>
    /// <returns>The rows that are made and not added yet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe MadeRows* MakeAndAdd(
        double* state, float* label, float* weight, ushort* leaf, int leafCount, MadeRows* made, int blocks, byte* cells)
    {
        nint step = size;
        var nextPart = Vector256.Create(leafCount * CellBytes);
        MadeRows* next = made + Together;
        for (nint own = Rows; blocks > 0; blocks--, own += Rows - (Together * step))
        {
            Vector256<int> part = Vector256<int>.Zero;
            Step<Zero>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<One>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<Two>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<Three>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<Four>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<Five>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<Six>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            Step<Seven>(state, label, weight, leaf, ref own, step, ref part, nextPart, next, made, cells);
            MadeRows* added = made;
            made = next;
            next = added;
        }

        return made;
    }

    /// <summary>Makes the next rows of one part, and adds one row of every part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Step<TStep>(
        double* state, float* label, float* weight, ushort* leaf, ref nint own, nint step, ref Vector256<int> part, Vector256<int> nextPart,
        MadeRows* next, MadeRows* made, byte* cells)
        where TStep : IConstant
    {
        Make(state + own, label + own, weight == null ? null : weight + own, leaf + own, part, next + TStep.Value);
        own += step;
        part += nextPart;
        Add(cells, made, 0, TStep.Value);
        Add(cells, made, 1, TStep.Value);
        Add(cells, made, 2, TStep.Value);
        Add(cells, made, 3, TStep.Value);
        Add(cells, made, 4, TStep.Value);
        Add(cells, made, 5, TStep.Value);
        Add(cells, made, 6, TStep.Value);
        Add(cells, made, 7, TStep.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Make(double* state, float* label, float* weight, ushort* leaf, Vector256<int> part, MadeRows* made)
    {
        RowDerivatives.LoglossPairs(state, label, weight, (Vector128<double>*)made->Pairs);
        Vector256<int> own;
        if (Avx2.IsSupported) own = Avx2.ConvertToVector256Int32(leaf);
        else
        {
            (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(Vector128.Load(leaf));
            own = Vector256.Create(low, high).AsInt32();
        }

        (Vector256.ShiftLeft(own, CellBits) + part).Store(made->Cells);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Add(byte* cells, MadeRows* made, int part, int row) =>
        *(Vector128<double>*)(cells + (nuint)(uint)made[part].Cells[row]) += ((Vector128<double>*)made[part].Pairs)[row];

    /// <summary>Eight rows of a part: their derivatives, and where in the cells they are added. Of three cache lines.</summary>
    private unsafe struct MadeRows
    {
        public fixed double Pairs[2 * Rows];
        public fixed int Cells[2 * Rows];
    }
}
