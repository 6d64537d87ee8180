namespace BatchScoring.Training.Quantising;

/// <summary>Chooses the borders of a numeric column by the rule that is asked for.</summary>
internal static class BorderSelection
{
    private const double Tiny = 1e-8;

    /// <param name="sorted">The values, ascending, duplicates kept, none missing.</param>
    /// <param name="count">Borders at most.</param>
    /// <param name="type">The rule.</param>
    /// <returns>Ascending, all different.</returns>
    public static float[] Of(ArraySegment<float> sorted, int count, BorderType type) => sorted.Count == 0 || count <= 0
        ? []
        : [.. (type switch
        {
            BorderType.GreedyLogSum => GreedyBorders.Of(sorted, count, LogSum),
            BorderType.GreedyMinEntropy => GreedyBorders.Of(sorted, count, Entropy),
            BorderType.MaxLogSum => OptimalBorders.Of(sorted, count, LogSum),
            BorderType.MinEntropy => OptimalBorders.Of(sorted, count, Entropy),
            BorderType.Median => QuantileBorders.Median(sorted, count),
            BorderType.Uniform => QuantileBorders.Uniform(sorted, count),
            _ => QuantileBorders.UniformAndQuantiles(sorted, count),
        }).Select(border => border == 0 ? 0 : border).Distinct().Order()];

    private static double LogSum(double rows) => -Math.Log(rows + Tiny);

    private static double Entropy(double rows) => rows * Math.Log(rows + Tiny);
}
