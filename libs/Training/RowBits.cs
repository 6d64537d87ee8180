using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training;

/// <summary>Rows of a table as bits, 64 in a word.</summary>
internal static unsafe class RowBits
{
    /// <summary>So many rows more than there are bits may be written by <see cref="List"/>.</summary>
    public const int Beyond = 8;

    private const int Eight = 8;

    private static readonly PinnedBuffer<ulong> Orders = MadeOrders();

    /// <summary>By the bits of eight rows: which ones are set, in order, a byte each; zeros after them.</summary>
    public static ulong* SetOnes => Orders.Start;

    public static int Count(ReadOnlySpan<ulong> words)
    {
        int count = 0;
        foreach (ulong word in words) count += BitOperations.PopCount(word);
        return count;
    }

    /// <summary>
    /// Lists the rows whose bit is set. Without a branch, since which they are cannot be foreseen: what is not set is written over by the
    /// next.
    /// </summary>
    /// <param name="words">A bit per row.</param>
    /// <param name="row">The number of the first one.</param>
    /// <param name="rows">Filled.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int List(ReadOnlySpan<ulong> words, int row, int* rows)
    {
        int count = 0;
        ulong* setOnes = SetOnes;
        foreach (ulong word in words)
        {
            ulong left = word;
            if (Avx2.IsSupported)
            {
                for (int eight = 0; eight < Workers.WordRows; eight += Eight, left >>= Eight)
                {
                    (Avx2.ConvertToVector256Int32((byte*)(setOnes + (byte)left)) + Vector256.Create(row + eight)).Store(rows + count);
                    count += BitOperations.PopCount((uint)(byte)left);
                }
            }
            else
            {
                for (; left != 0; left &= left - 1) rows[count++] = row + BitOperations.TrailingZeroCount(left);
            }

            row += Workers.WordRows;
        }

        return count;
    }

    private static PinnedBuffer<ulong> MadeOrders()
    {
        PinnedBuffer<ulong> orders = new(1 << Eight);
        for (int bits = 0; bits < orders.Count; bits++)
        {
            ulong order = 0;
            for (int row = Eight - 1; row >= 0; row--) if ((bits >> row & 1) == 1) order = (order << Eight) | (uint)row;
            orders.Start[bits] = order;
        }

        return orders;
    }
}
