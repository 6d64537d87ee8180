using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Objectives;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Sums of derivatives by leaf, in CatBoost's order: rows in order; of larger tables in 128 parts, whose sums are added in order.
/// </summary>
internal sealed class LeafSums<TObjective>(TObjective objective, float[] labels, float[]? weights, Workers workers)
    where TObjective : struct, IObjective
{
    private const int SmallTable = 10_000, Parts = 128;
    private readonly int _size = labels.Length < SmallTable ? labels.Length : (labels.Length + Parts - 1) / Parts;
    private readonly PartSums<TObjective>?[] _scratch = new PartSums<TObjective>?[workers.Count];
    private PinnedBuffer<Vector128<double>>[] _cells = [];
    private PinnedBuffer<Vector128<double>> _all = new(0);

    /// <summary>Weight of every leaf in every part, part after part; empty where all rows weigh 1.</summary>
    private double[] _weights = [];

    /// <summary>Looks at the leaves of another tree.</summary>
    /// <param name="leaves">By row.</param>
    /// <param name="leafCount">How many leaves.</param>
    /// <param name="areWeighed">Whether somebody asks for their weights.</param>
    /// <returns>The weight of every leaf.</returns>
    public double[] Begin(ushort[] leaves, int leafCount, bool areWeighed = true)
    {
        if (weights is null) return areWeighed ? LeafCounts.Of(leaves, leafCount, workers) : [];
        double[] all = new double[leafCount];
        int parts = (leaves.Length + _size - 1) / _size;
        _weights = new double[parts * leafCount];
        for (int part = 0; part < parts; part++)
        {
            Span<double> own = _weights.AsSpan(part * leafCount, leafCount);
            for (int row = part * _size; row < Math.Min((part + 1) * _size, leaves.Length); row++) own[leaves[row]] += weights[row];
            for (int leaf = 0; leaf < leafCount; leaf++) if (own[leaf] > RowWeights.Least) all[leaf] += own[leaf];
        }

        return all;
    }

    /// <param name="leaves">By row.</param>
    /// <param name="states">By row.</param>
    /// <param name="sums">First and second derivatives by leaf; filled.</param>
    public void Sum(ushort[] leaves, double[] states, Span<Vector128<double>> sums)
    {
        sums.Clear();
        int parts = (leaves.Length + _size - 1) / _size, together = PartSums<TObjective>.Together, leafCount = sums.Length,
            groups = (parts + together - 1) / together, own = workers.Count > 1 ? groups : 1;
        if (_cells.Length != own || _cells[0].Count != leafCount * together)
            _cells = [.. Enumerable.Range(0, own).Select(_ => new PinnedBuffer<Vector128<double>>(leafCount * together))];
        if (_all.Count != leafCount) _all = new PinnedBuffer<Vector128<double>>(leafCount);
        _all.Span.Clear();
        void SumGroup(int group, int worker) => (_scratch[worker] ??= new PartSums<TObjective>(objective, labels, weights, _size)).Sum(
            leaves, states, group * together, Math.Min(together, parts - (group * together)), _cells[group % own]);
        void AddSums(int group) => AddGroup(
            _cells[group % own].Span, group * together, Math.Min(together, parts - (group * together)), _all.Span);
        if (own == 1)
        {
            for (int group = 0; group < groups; group++)
            {
                SumGroup(group, 0);
                AddSums(group);
            }
        }
        else
        {
            // What a thread has summed it adds as well, when it is its turn: few sums go from one to the other, not all cells.
            workers.ForAll(groups, SumGroup);
            workers.InTurn(groups, AddSums);
        }

        _all.Span.CopyTo(sums);
    }

    private void AddGroup(Span<Vector128<double>> group, int part, int together, Span<Vector128<double>> sums)
    {
        if (weights is null)
        {
            AddAll(group[..(together * sums.Length)], sums);
            return;
        }

        for (int one = 0; one < together; one++)
        {
            for (int leaf = 0; leaf < sums.Length; leaf++)
                if (_weights[((part + one) * sums.Length) + leaf] > RowWeights.Least) sums[leaf] += group[(one * sums.Length) + leaf];
        }
    }

    /// <summary>Part after part, of four leaves at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void AddAll(ReadOnlySpan<Vector128<double>> parts, Span<Vector128<double>> sums)
    {
        nint width = 2 * sums.Length, count = 2 * parts.Length, i = 0;
        fixed (Vector128<double>* first = parts, all = sums)
        {
            double* from = (double*)first, to = (double*)all;
            for (; i <= width - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                var sum = Vector512.Load(to + i);
                for (nint part = i; part < count; part += width) sum += Vector512.Load(from + part);
                sum.Store(to + i);
            }

            for (; i < width; i++)
                for (nint part = i; part < count; part += width) to[i] += from[part];
        }
    }
}
