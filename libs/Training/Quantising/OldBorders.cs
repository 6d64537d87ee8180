namespace BatchScoring.Training.Quantising;

/// <summary>Takes over borders of an earlier model, so that trees of both ask for the same ones.</summary>
internal static class OldBorders
{
    /// <param name="borders">As they would be without the model.</param>
    /// <param name="sorted">The values that they part.</param>
    /// <param name="old">The model's, ascending.</param>
    /// <param name="type">How they were chosen.</param>
    public static float[] TakenOver(float[] borders, ArraySegment<float> sorted, float[] old, BorderType type)
    {
        bool isFromBelow = type is BorderType.MaxLogSum or BorderType.MinEntropy;
        return [.. borders.Select(border =>
        {
            int above = SortedValues.FirstFrom(sorted, border);
            if (above == 0 || above == sorted.Count) return border;
            float below = sorted[above - 1];
            int first = isFromBelow ? SortedValues.FirstFrom(old, below) : SortedValues.FirstAfter(old, below);
            return first < old.Length && old[first] <= sorted[above] ? old[first] : border;
        }).Distinct().Order()];
    }
}
