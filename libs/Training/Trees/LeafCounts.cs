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
        int[] all = new int[leafCount];
        workers.ForRows(leaves.Length, (start, end) =>
        {
            int[] counts = new int[leafCount * Together];
            for (int row = start; row < end; row++) counts[(leaves[row] * Together) + (row & (Together - 1))]++;
            for (int cell = 0; cell < counts.Length; cell++) Interlocked.Add(ref all[cell / Together], counts[cell]);
        });
        return Array.ConvertAll(all, count => (double)count);
    }
}
