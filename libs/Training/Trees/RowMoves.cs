using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Trees;

/// <summary>Moves the states of rows by what their leaves say.</summary>
internal static class RowMoves
{
    /// <param name="states">By row.</param>
    /// <param name="changes">By leaf.</param>
    /// <param name="leaves">By row.</param>
    /// <param name="multiplies">Whether states are multiplied by the changes, not added to.</param>
    /// <param name="moved">Filled; may be the states themselves.</param>
    /// <param name="workers">Share the rows.</param>
    public static void Move(double[] states, double[] changes, ushort[] leaves, bool multiplies, double[] moved, Workers workers) =>
        workers.ForRows(states.Length, (first, end) => Move(states, changes, leaves, multiplies, moved, first, end));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Move(
        double[] states, double[] changes, ushort[] leaves, bool multiplies, double[] moved, int row, int end)
    {
        fixed (double* from = states, to = moved, of = changes)
        fixed (ushort* leaf = leaves)
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
