using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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
    private const double NoWeight = 1.1920928955078125E-07;
    private readonly int _size = labels.Length < SmallTable ? labels.Length : (labels.Length + Parts - 1) / Parts;
    private readonly PartSums<TObjective>?[] _scratch = new PartSums<TObjective>?[workers.Count];
    private Vector128<double>[][] _cells = [];

    /// <summary>Weight of every leaf in every part, part after part; empty where all rows weigh 1.</summary>
    private double[] _weights = [];

    /// <summary>Looks at the leaves of another tree.</summary>
    /// <param name="leaves">By row.</param>
    /// <param name="leafCount">How many leaves.</param>
    /// <param name="areWeighed">Whether somebody asks for their weights.</param>
    /// <returns>The weight of every leaf.</returns>
    public double[] Begin(int[] leaves, int leafCount, bool areWeighed = true)
    {
        if (weights is null) return areWeighed ? LeafCounts.Of(leaves, leafCount) : [];
        double[] all = new double[leafCount];
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
        int parts = (leaves.Length + _size - 1) / _size, together = PartSums<TObjective>.Together, leafCount = sums.Length,
            groups = (parts + together - 1) / together, own = workers.Count > 1 ? groups : 1;
        if (_cells.Length != own || _cells[0].Length != leafCount * together)
            _cells = [.. Enumerable.Range(0, own).Select(_ => new Vector128<double>[leafCount * together])];
        void SumGroup(int group, int worker) => (_scratch[worker] ??= new PartSums<TObjective>(objective, labels, weights, _size)).Sum(
            leaves, states, group * together, Math.Min(together, parts - (group * together)), _cells[group % own]);
        if (own > 1) workers.ForAll(groups, SumGroup);
        for (int group = 0; group < groups; group++)
        {
            if (own == 1) SumGroup(group, 0);
            AddGroup(_cells[group % own], group * together, Math.Min(together, parts - (group * together)), sums);
        }
    }

    private void AddGroup(Vector128<double>[] group, int part, int together, Span<Vector128<double>> sums)
    {
        for (int one = 0; one < together; one++)
        {
            ReadOnlySpan<Vector128<double>> cells = group.AsSpan(one * sums.Length, sums.Length);
            if (weights is null) AddAll(cells, sums);
            else
            {
                for (int leaf = 0; leaf < sums.Length; leaf++)
                    if (_weights[((part + one) * sums.Length) + leaf] > NoWeight) sums[leaf] += cells[leaf];
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
}
