using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>Which rows of a block are kept: those whose draw is below their chance. What they weigh makes up for it.</summary>
internal static class ChosenRows
{
    private const double NoChance = 2.220446049250313E-16;

    /// <param name="sizes">By row.</param>
    /// <param name="threshold">Rows that are larger are certain.</param>
    /// <param name="reals">Drawn, by row.</param>
    /// <param name="given">Weights of the table; none: all 1.</param>
    /// <param name="weights">Filled: what makes up for the chance.</param>
    /// <param name="words">Filled: a bit for every row that is kept.</param>
    /// <returns>Whether every row has a chance: if not, rows without one draw nothing, and draws belong to other rows.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe bool Choose(
        ReadOnlySpan<double> sizes, double threshold, ReadOnlySpan<double> reals, ReadOnlySpan<float> given, Span<float> weights,
        Span<ulong> words)
    {
        words.Clear();
        Vector512<double> limit = Vector512.Create(threshold), least = Vector512.Create(NoChance), have = Vector512<double>.AllBitsSet;
        var noWeight = Vector512.Create(RowWeights.Least);
        int row = 0;
        bool all;
        fixed (double* size = sizes, real = reals)
        fixed (float* weight = weights, of = given)
        fixed (ulong* word = words)
        {
            ushort* bits = (ushort*)word;
            for (; row <= sizes.Length - Vector512<float>.Count; row += Vector512<float>.Count)
            {
                int next = row + Vector512<double>.Count;
                Vector512<double> first = Chances(size + row, limit), second = Chances(size + next, limit);
                have &= Vector512.GreaterThan(first, least) & Vector512.GreaterThan(second, least);
                var own = Vector512.Narrow(Vector512<double>.One / first, Vector512<double>.One / second);
                own.Store(weight + row);
                if (of != null) own *= Vector512.Load(of + row);
                ulong low = Vector512.LessThan(Vector512.Load(real + row), first).ExtractMostSignificantBits(),
                    high = Vector512.LessThan(Vector512.Load(real + next), second).ExtractMostSignificantBits();
                bits[row / Vector512<float>.Count] = (ushort)(
                    (low | (high << Vector512<double>.Count)) & Vector512.GreaterThan(own, noWeight).ExtractMostSignificantBits());
            }

            all = Vector512.EqualsAll(have.AsInt64(), Vector512<long>.AllBitsSet);
            for (; row < sizes.Length; row++)
            {
                double chance = Chance(sizes[row], threshold);
                all &= chance > NoChance;
                Set(row, chance, reals[row], given, weights, words);
            }
        }

        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<double> Chances(double* sizes, Vector512<double> limit)
    {
        var own = Vector512.Load(sizes);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(own, limit), Vector512<double>.One, own / limit);
    }

    private static double Chance(double size, double threshold) => size > threshold ? 1 : size / threshold;

    private static void Set(int row, double chance, double real, ReadOnlySpan<float> given, Span<float> weights, Span<ulong> words)
    {
        weights[row] = (float)(1 / chance);
        float weight = given.IsEmpty ? weights[row] : weights[row] * given[row];
        if (real < chance && weight > RowWeights.Least) words[row / Workers.WordRows] |= 1UL << (row % Workers.WordRows);
    }

    /// <summary>The same where rows have no chance.</summary>
    /// <param name="sizes">By row.</param>
    /// <param name="threshold">Rows that are larger are certain.</param>
    /// <param name="random">Draws for rows that have a chance.</param>
    /// <param name="given">Weights of the table; none: all 1.</param>
    /// <param name="weights">Filled: what makes up for the chance.</param>
    /// <param name="words">Filled: a bit for every row that is kept.</param>
    public static void ChooseOneByOne(
        ReadOnlySpan<double> sizes, double threshold, CatBoostRandom random, ReadOnlySpan<float> given, Span<float> weights,
        Span<ulong> words)
    {
        words.Clear();
        for (int row = 0; row < sizes.Length; row++)
        {
            double chance = Chance(sizes[row], threshold);
            Set(row, chance, chance > NoChance ? random.NextReal() : double.NaN, given, weights, words);
        }
    }
}
