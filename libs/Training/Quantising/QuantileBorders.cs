namespace BatchScoring.Training.Quantising;

/// <summary>Borders at equal shares of the rows, of the range, or half of each.</summary>
internal static class QuantileBorders
{
    /// <summary>Equal shares of the rows.</summary>
    public static IEnumerable<float> Median(ArraySegment<float> sorted, int count)
    {
        for (int i = 0; i < count; i++)
        {
            float value = sorted[Math.Min((int)((i + 1L) * sorted.Count / (count + 1)), sorted.Count - 1)];
            if (value != sorted[0]) yield return Between(sorted, value);
        }
    }

    /// <summary>Equal shares of the range.</summary>
    public static IEnumerable<float> Uniform(ArraySegment<float> sorted, int count)
    {
        float low = sorted[0], high = sorted[^1];
        for (int i = 0; i < count && low != high; i++) yield return low + ((i + 1) * (high - low) / (count + 1));
    }

    /// <summary>Half of the borders each way.</summary>
    public static IEnumerable<float> UniformAndQuantiles(ArraySegment<float> sorted, int count)
    {
        int uniform = count / 2;
        float low = sorted[0], high = sorted[^1];
        return Median(sorted, count - uniform)
            .Concat(Enumerable.Range(0, low == high ? 0 : uniform).Select(i =>
                Between(sorted, low + ((i + 1) * (high - low) / (uniform + 1)))));
    }

    /// <summary>The border between a value and the one before it.</summary>
    private static float Between(ArraySegment<float> sorted, float value)
    {
        int at = SortedValues.FirstFrom(sorted, value);
        if (at == sorted.Count) return Math.Max(2 * sorted[^1], sorted[^1] + 1);
        if (at == 0) return Math.Min(0.5f * sorted[0], 2 * sorted[0]);
        float border = (sorted[at] + sorted[at - 1]) * 0.5f;
        return border == sorted[at] ? sorted[at - 1] : border;
    }
}
