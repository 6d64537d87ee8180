using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Sampling;

namespace BatchScoring.Training.Trees;

/// <summary>The rows of a sample with packed pairs, by leaf, and what each leaf's come to.</summary>
/// <param name="tableRows">Of the table.</param>
/// <param name="leaves">Before a split at most.</param>
/// <param name="lambda">Draws leaves to 0.</param>
/// <param name="workers">Share the rows.</param>
internal sealed unsafe class RoughRows(int tableRows, int leaves, double lambda, Workers workers)
{
    private readonly PackedPairs _pairs = new(tableRows);
    private LeafRows<long>? _smaller, _all;

    /// <summary>All rows, or after a split those of the smaller side, by the leaf before it.</summary>
    public LeafRows<long> Smaller => _smaller ??= new LeafRows<long>(tableRows, leaves, 1, _pairs, workers);

    /// <summary>All rows by leaf; for whom asks on every level.</summary>
    public LeafRows<long> All => _all ??= new LeafRows<long>(tableRows, leaves, 1, _pairs, workers);

    /// <summary>By leaf; 0 of those without rows.</summary>
    public long[] Totals { get; private set; } = [];

    /// <summary>Leaves that have rows.</summary>
    public int[] Filled { get; private set; } = [];

    /// <summary>λ in the unit of packed weights.</summary>
    public float Pull => (float)(lambda * _pairs.WeightScale);

    /// <summary>What scores of packed sums are multiplied by.</summary>
    public double Unit => Math.Sqrt(_pairs.WeightScale) / _pairs.DerivativeScale;

    /// <summary>By how much scores may be off.</summary>
    public ScoreMargin Margin => new(_pairs.MarginOf(lambda), RoughScores.ErrorOf(Totals.Length), _pairs.FineMargin);

    public Sums Exactly(long sum) => new((sum >> 32) / _pairs.DerivativeScale, (uint)sum / _pairs.WeightScale);

    public void Take(RowSample sample, ushort[] leavesOf, bool areAllWanted)
    {
        _pairs.Begin(sample);
        Smaller.Take(sample);
        (Totals, Filled) = ([SumOf(0)], [0]);
        if (areAllWanted) All.TakeAll(Smaller, leavesOf, 1);
    }

    /// <param name="leavesOf">By row of the table, the split in them.</param>
    /// <param name="bit">The split's.</param>
    /// <param name="areAllWanted">Whether <see cref="All"/> is asked for; then on every level of the tree.</param>
    public void Split(ushort[] leavesOf, int bit, bool areAllWanted)
    {
        Smaller.TakeSmaller(leavesOf, bit);
        if (areAllWanted) All.SplitAll(leavesOf, bit);
        long[] before = Totals;
        Totals = new long[2 * before.Length];
        int summed = Smaller.FirstSummed(Totals.Length), rest = before.Length - summed;
        for (int leaf = 0; leaf < before.Length; leaf++)
        {
            Totals[summed + leaf] = SumOf(leaf);
            Totals[rest + leaf] = before[leaf] - Totals[summed + leaf];
        }

        Filled = [.. Enumerable.Range(0, Totals.Length).Where(leaf => Totals[leaf] != 0)];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private long SumOf(int leaf)
    {
        int count = Smaller.CountOf(leaf), row = 0;
        long* pairs = Smaller.Pairs(0) + Smaller.StartOf(leaf);
        Vector256<long> sums = default;
        for (; row <= count - Vector256<long>.Count; row += Vector256<long>.Count) sums += Vector256.Load(pairs + row);
        long sum = Vector256.Sum(sums);
        for (; row < count; row++) sum += pairs[row];
        return sum;
    }
}

/// <summary>By how much scores may differ from the exact ones.</summary>
/// <param name="Absolute">Of any.</param>
/// <param name="Relative">Of themselves, in addition.</param>
/// <param name="Fine">Of those that are made of double sums in another order.</param>
internal readonly record struct ScoreMargin(double Absolute, double Relative, double Fine);
