using System.Runtime.CompilerServices;

namespace BatchScoring.Training.Trees;

/// <summary>How many rows a leaf has.</summary>
internal static class LeafCounts
{
    private const int Together = 4;

    /// <summary>Of every leaf. Counted in four places: rows in a row are mostly of one leaf, whose count would wait for itself.</summary>
    /// <param name="leaves">By row.</param>
    /// <param name="leafCount">How many leaves.</param>
    /// <param name="workers">Share the rows.</param>
    public static double[] Of(ushort[] leaves, int leafCount, Workers workers)
    {
        double[] all = new double[leafCount];
        Lock adding = new();
        workers.ForRows(leaves.Length, (start, end) =>
        {
            int[] counts = new int[leafCount * Together];
            Count(leaves.AsSpan(start, end - start), counts);
            lock (adding)
                for (int cell = 0; cell < counts.Length; cell++) all[cell % leafCount] += counts[cell];
        });
        return all;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Count(ReadOnlySpan<ushort> leaves, Span<int> counts)
    {
        int leafCount = counts.Length / Together, row = 0;
        fixed (ushort* leaf = leaves)
        fixed (int* a = counts)
        {
            int* b = a + leafCount, c = b + leafCount, d = c + leafCount;
            for (; row <= leaves.Length - Together; row += Together)
            {
                a[leaf[row]]++;
                b[leaf[row + 1]]++;
                c[leaf[row + 2]]++;
                d[leaf[row + 3]]++;
            }

            for (; row < leaves.Length; row++) a[leaf[row]]++;
        }
    }
}
