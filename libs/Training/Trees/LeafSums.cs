using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Sums of derivatives by leaf, in CatBoost's order: rows in order; of larger tables in 128 parts, whose sums are added in order. Eight
/// parts are summed side by side, since most rows are in few leaves and a sum must wait for the one before it.
/// </summary>
internal sealed class LeafSums<TObjective>(TObjective objective, float[] labels, float[]? weights)
    where TObjective : struct, IObjective
{
    private const int SmallTable = 10_000, Parts = 128, Together = 8, ChunkRows = 192, CellBytes = 16;
    private const double NoWeight = 1.1920928955078125E-07;
    private readonly int _size = labels.Length < SmallTable ? labels.Length : (labels.Length + Parts - 1) / Parts;
    private readonly double[] _first = new double[Together * ChunkRows], _second = new double[Together * ChunkRows];
    private readonly int[] _cellOf = new int[Together * ChunkRows];
    private Vector128<double>[] _cells = [];

    /// <summary>Weight of every leaf in every part, part after part; empty where all rows weigh 1.</summary>
    private double[] _weights = [];

    /// <summary>Looks at the leaves of another tree.</summary>
    /// <returns>The weight of every leaf.</returns>
    public double[] Begin(int[] leaves, int leafCount)
    {
        double[] all = new double[leafCount];
        if (_cells.Length < leafCount * Together) _cells = new Vector128<double>[leafCount * Together];
        if (weights is null)
        {
            foreach (int leaf in leaves) all[leaf]++;
            return all;
        }

        int parts = (leaves.Length + _size - 1) / _size;
        _weights = new double[parts * leafCount];
        for (int part = 0; part < parts; part++)
        {
            Span<double> own = _weights.AsSpan(part * leafCount, leafCount);
            for (int row = part * _size; row < Math.Min((part + 1) * _size, leaves.Length); row++) own[leaves[row]] += weights[row];
            for (int leaf = 0; leaf < leafCount; leaf++) if (own[leaf] > NoWeight) all[leaf] += own[leaf];
        }

        return all;
    }

    /// <param name="leaves">By row.</param>
    /// <param name="states">By row.</param>
    /// <param name="sums">First and second derivatives by leaf; filled.</param>
    public void Sum(int[] leaves, double[] states, Span<Vector128<double>> sums)
    {
        sums.Clear();
        int parts = (leaves.Length + _size - 1) / _size;
        for (int part = 0; part < parts; part += Together)
        {
            int together = Math.Min(Together, parts - part);
            SumParts(leaves, states, part, together, sums.Length);
            for (int one = 0; one < together; one++)
            {
                ReadOnlySpan<Vector128<double>> cells = _cells.AsSpan(one * sums.Length, sums.Length);
                if (weights is null) AddAll(cells, sums);
                else
                {
                    for (int leaf = 0; leaf < sums.Length; leaf++)
                        if (_weights[((part + one) * sums.Length) + leaf] > NoWeight) sums[leaf] += cells[leaf];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddAll(ReadOnlySpan<Vector128<double>> cells, Span<Vector128<double>> sums)
    {
        ReadOnlySpan<double> from = MemoryMarshal.Cast<Vector128<double>, double>(cells);
        Span<double> to = MemoryMarshal.Cast<Vector128<double>, double>(sums);
        int i = 0;
        for (; i <= to.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            (Vector512.Create<double>(to[i..]) + Vector512.Create(from[i..])).CopyTo(to[i..]);
        for (; i < to.Length; i++) to[i] += from[i];
    }

    private void SumParts(int[] leaves, double[] states, int part, int together, int leafCount)
    {
        Array.Clear(_cells, 0, together * leafCount);
        Span<int> counts = stackalloc int[Together];
        for (int from = 0; from < _size; from += ChunkRows)
        {
            int common = Math.Min(ChunkRows, _size - from), filled = (common + Vector512<float>.Count - 1) & -Vector512<float>.Count;
            if (typeof(TObjective) == typeof(LoglossObjective) && together == Together
                && ((part + Together - 1) * _size) + from + filled <= labels.Length)
            {
                DeriveTogether(leaves, states, (part * _size) + from, filled, leafCount);
                AddTogether(common);
                continue;
            }

            for (int one = 0; one < together; one++)
            {
                int start = ((part + one) * _size) + from;
                counts[one] = Math.Clamp(Math.Min(_size - from, labels.Length - start), 0, ChunkRows);
                common = Math.Min(common, counts[one]);
                if (counts[one] > 0) Derive(leaves, states, start, counts[one], one, leafCount);
            }

            if (together == Together) AddTogether(common);
            else common = 0;
            for (int one = 0; one < together; one++)
                for (int row = (one * ChunkRows) + common; row < (one * ChunkRows) + counts[one]; row++)
                    _cells[_cellOf[row] / CellBytes] += Vector128.Create(_first[row], _second[row]);
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
                nint from = one * (nint)_size, to = one * ChunkRows;
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
    private unsafe void AddTogether(int rows)
    {
        fixed (Vector128<double>* pinned = _cells)
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
