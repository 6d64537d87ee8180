namespace BatchScoring.Training.Trees;

/// <summary>How many rows a leaf has.</summary>
internal static class LeafCounts
{
    private const int Together = 4;

    /// <summary>Of every leaf. Counted in four places: rows in a row are mostly of one leaf, whose count would wait for itself.</summary>
    /// <param name="leaves">By row.</param>
    /// <param name="leafCount">How many leaves.</param>
    public static double[] Of(ReadOnlySpan<ushort> leaves, int leafCount)
    {
        int[] counts = new int[leafCount * Together];
        for (int row = 0; row < leaves.Length; row++) counts[(leaves[row] * Together) + (row & (Together - 1))]++;
        double[] all = new double[leafCount];
        for (int cell = 0; cell < counts.Length; cell++) all[cell / Together] += counts[cell];
        return all;
    }
}
