using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Trees;

/// <summary>Moves the states of rows by what their leaves say.</summary>
internal static class RowMoves
{
    private const int ChunkRows = 512;

    /// <param name="states">By row.</param>
    /// <param name="changes">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="multiplies">Whether states are multiplied by the changes, not added to.</param>
    /// <param name="moved">Filled; may be the states themselves.</param>
    /// <param name="workers">Share the rows.</param>
    public static void Move(double[] states, double[] changes, int[] leaves, bool multiplies, double[] moved, Workers workers) =>
        workers.ForRows(states.Length, (first, end) =>
        {
            if (Vector512.IsHardwareAccelerated) MoveByEights(states, changes, leaves, multiplies, moved, first, end);
            else MoveByFours(states, changes, leaves, multiplies, moved, first, end);
        });

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MoveByEights(
        double[] states, double[] changes, int[] leaves, bool multiplies, double[] moved, int first, int end)
    {
        Span<double> found = stackalloc double[ChunkRows];
        for (int start = first; start < end; start += ChunkRows)
        {
            int count = Math.Min(ChunkRows, end - start), row = 0;
            LeafLookup.Find(changes, leaves.AsSpan(start, count), found);
            ref double from = ref states[start], to = ref moved[start], change = ref found[0];
            for (; row <= count - Vector512<double>.Count; row += Vector512<double>.Count)
            {
                Vector512<double> state = Vector512.LoadUnsafe(ref from, (nuint)row), own = Vector512.LoadUnsafe(ref change, (nuint)row);
                (multiplies ? state * own : state + own).StoreUnsafe(ref to, (nuint)row);
            }

            for (; row < count; row++)
                moved[start + row] = multiplies ? states[start + row] * found[row] : states[start + row] + found[row];
        }
    }

    /// <summary>Where leaves are read one by one anyway, they need not be put aside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void MoveByFours(
        double[] states, double[] changes, int[] leaves, bool multiplies, double[] moved, int row, int end)
    {
        fixed (double* from = states, to = moved, of = changes)
        fixed (int* leaf = leaves)
        {
            for (; row <= end - Vector256<double>.Count; row += Vector256<double>.Count)
            {
                var own = Vector256.Create(of[leaf[row]], of[leaf[row + 1]], of[leaf[row + 2]], of[leaf[row + 3]]);
                (multiplies ? Vector256.Load(from + row) * own : Vector256.Load(from + row) + own).Store(to + row);
            }

            for (; row < end; row++) to[row] = multiplies ? from[row] * of[leaf[row]] : from[row] + of[leaf[row]];
        }
    }
}
