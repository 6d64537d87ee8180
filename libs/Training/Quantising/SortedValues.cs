namespace BatchScoring.Training.Quantising;

/// <summary>Searches in ascending values.</summary>
internal static class SortedValues
{
    /// <summary>The first place whose value is not smaller, or the end; 0 for NaN.</summary>
    public static int FirstFrom(ReadOnlySpan<float> sorted, float value) => First(sorted, value, passesEqual: false);

    /// <summary>The first place whose value is larger, or the end.</summary>
    public static int FirstAfter(ReadOnlySpan<float> sorted, float value) => First(sorted, value, passesEqual: true);

    private static int First(ReadOnlySpan<float> sorted, float value, bool passesEqual)
    {
        int from = 0, to = sorted.Length;
        while (from < to)
        {
            int middle = from + ((to - from) / 2);
            if (value > sorted[middle] || (passesEqual && value == sorted[middle])) from = middle + 1;
            else to = middle;
        }

        return from;
    }
}
