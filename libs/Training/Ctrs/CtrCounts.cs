using System.Runtime.CompilerServices;
using BatchScoring.Training.Trees;

namespace BatchScoring.Training.Ctrs;

/// <summary>
/// What was counted of a row's key before it, for up to four projections side by side: a count must wait for the one before it, and most
/// rows have few keys. A cell holds the good ones in its upper half, all in its lower one.
/// </summary>
internal static unsafe class CtrCounts
{
    /// <summary>Rows from one projection's codes and answers to the next one's.</summary>
    public const int Stride = 512;

    /// <param name="projections">1 to 4.</param>
    /// <param name="codes">Projections × rows.</param>
    /// <param name="classes">By row.</param>
    /// <param name="count">Rows; <see cref="Stride"/> at most.</param>
    /// <param name="cells">Of every projection.</param>
    /// <param name="before">Projections × rows, filled.</param>
    public static void Add(int projections, uint* codes, int* classes, int count, ulong** cells, ulong* before)
    {
        switch (projections)
        {
            case 1: Add<One>(codes, classes, count, cells, before); break;
            case 2: Add<Two>(codes, classes, count, cells, before); break;
            case 3: Add<Three>(codes, classes, count, cells, before); break;
            default: Add<Four>(codes, classes, count, cells, before); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<TProjections>(uint* codes, int* classes, int count, ulong** cells, ulong* before)
        where TProjections : IConstant
    {
        int last = TProjections.Value - 1;
        ulong* a = cells[0], b = cells[Math.Min(1, last)], c = cells[Math.Min(2, last)], d = cells[last];
        for (int row = 0; row < count; row++)
        {
            ulong one = 1 + ((ulong)(uint)classes[row] << 32);
            Add(a + codes[row], before + row, one);
            if (TProjections.Value > 1) Add(b + codes[row + Stride], before + row + Stride, one);
            if (TProjections.Value > 2) Add(c + codes[row + (2 * Stride)], before + row + (2 * Stride), one);
            if (TProjections.Value > 3) Add(d + codes[row + (3 * Stride)], before + row + (3 * Stride), one);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ulong* cell, ulong* before, ulong one)
    {
        ulong counted = *cell;
        *before = counted;
        *cell = counted + one;
    }
}
