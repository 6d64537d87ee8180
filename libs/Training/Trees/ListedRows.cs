using System.Runtime.CompilerServices;

namespace BatchScoring.Training.Trees;

/// <summary>
/// Rows of a piece of a table that are sorted by leaf: listed and counted, then placed. Rows in a row are mostly of one leaf, whose count
/// and place would wait for itself: so four of them, a quarter of the list apart, go together.
/// </summary>
/// <param name="rows">Of the piece.</param>
/// <param name="leaves">At most.</param>
internal sealed unsafe class ListedRows(int rows, int leaves)
{
    private const int Quarters = 4;
    private readonly PinnedBuffer<int> _rows = new(rows + RowBits.Beyond);

    /// <summary>By quarter and leaf: how many rows, then where the next one goes.</summary>
    private readonly PinnedBuffer<int> _next = new(Quarters * leaves);
    private int _count;

    /// <summary>Lists the rows of bits, and counts them by leaf.</summary>
    /// <param name="words">A bit per row of the piece.</param>
    /// <param name="first">The piece's first row.</param>
    /// <param name="leavesOf">By row of the table.</param>
    /// <param name="leafCount">How many leaves; a power of two: other bits of a leaf do not count.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Take(ReadOnlySpan<ulong> words, int first, ushort[] leavesOf, int leafCount)
    {
        _next.Span.Clear();
        _count = RowBits.List(words, first, _rows.Start);
        int* row = _rows.Start, a = _next.Start, b = a + leaves, c = b + leaves, d = c + leaves;
        int quarter = _count / Quarters, own = leafCount - 1;
        fixed (ushort* leaf = leavesOf)
        {
            for (int i = 0; i < quarter; i++)
            {
                a[leaf[row[i]] & own]++;
                b[leaf[row[quarter + i]] & own]++;
                c[leaf[row[(2 * quarter) + i]] & own]++;
                d[leaf[row[(3 * quarter) + i]] & own]++;
            }

            for (int i = Quarters * quarter; i < _count; i++) d[leaf[row[i]] & own]++;
        }
    }

    /// <param name="leaf">Its number.</param>
    /// <param name="place">Where its first row goes.</param>
    /// <returns>Where the row after its last one goes.</returns>
    public int Begin(int leaf, int place)
    {
        for (int* next = _next.Start + leaf, end = next + (Quarters * leaves); next < end; next += leaves)
            (*next, place) = (place, place + *next);
        return place;
    }

    /// <summary>The place after a leaf's last row, once they are placed.</summary>
    public int EndOf(int leaf) => _next.Start[((Quarters - 1) * leaves) + leaf];

    /// <param name="leavesOf">By row of the table.</param>
    /// <param name="leafCount">As counted.</param>
    /// <param name="to">Filled: row numbers, by place.</param>
    /// <param name="pairs">Filled: what they add, by place.</param>
    /// <param name="byRow">The same by row of the table.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Place<TPair>(ushort[] leavesOf, int leafCount, int* to, TPair* pairs, TPair* byRow)
        where TPair : unmanaged
    {
        int* row = _rows.Start, a = _next.Start, b = a + leaves, c = b + leaves, d = c + leaves;
        int quarter = _count / Quarters, own = leafCount - 1;
        fixed (ushort* leaf = leavesOf)
        {
            for (int i = 0; i < quarter; i++)
            {
                Put(row[i], a + (leaf[row[i]] & own), to, pairs, byRow);
                Put(row[quarter + i], b + (leaf[row[quarter + i]] & own), to, pairs, byRow);
                Put(row[(2 * quarter) + i], c + (leaf[row[(2 * quarter) + i]] & own), to, pairs, byRow);
                Put(row[(3 * quarter) + i], d + (leaf[row[(3 * quarter) + i]] & own), to, pairs, byRow);
            }

            for (int i = Quarters * quarter; i < _count; i++) Put(row[i], d + (leaf[row[i]] & own), to, pairs, byRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TPair>(int row, int* next, int* to, TPair* pairs, TPair* byRow)
        where TPair : unmanaged
    {
        int place = (*next)++;
        to[place] = row;
        pairs[place] = byRow[row];
    }
}
