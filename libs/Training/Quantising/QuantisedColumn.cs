namespace BatchScoring.Training.Quantising;

/// <summary>A numeric column as the trainer sees it: of every value only how many borders are smaller.</summary>
/// <param name="Borders">Ascending; a missing value counts as smaller than all.</param>
/// <param name="Bins">One per row; split k is true where the bin is larger than k.</param>
/// <param name="HasMissing">Whether a value is missing; then the first border is the smallest number.</param>
internal sealed record QuantisedColumn(float[] Borders, ushort[] Bins, bool HasMissing)
{
    /// <param name="values">By row.</param>
    /// <param name="borderCount">Borders at most.</param>
    /// <param name="seen">The rows that borders are chosen by; null: all.</param>
    public static QuantisedColumn Of(float[] values, int borderCount, int[]? seen)
    {
        float[] considered = seen is null ? values : [.. seen.Select(row => values[row])];
        float[] sorted = [.. considered.Where(value => !float.IsNaN(value))];
        Array.Sort(sorted);
        bool hasMissing = sorted.Length < considered.Length;
        float[] borders = GreedyLogSum.Borders(sorted, hasMissing ? borderCount - 1 : borderCount);
        if (hasMissing) borders = [float.MinValue, .. borders];
        ushort[] bins = new ushort[values.Length];
        for (int row = 0; row < values.Length; row++) bins[row] = (ushort)Smaller(borders, values[row]);
        return new QuantisedColumn(borders, bins, hasMissing);
    }

    private static int Smaller(float[] borders, float value)
    {
        int from = 0, to = borders.Length;
        while (from < to)
        {
            int middle = (from + to) / 2;
            if (value > borders[middle]) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
