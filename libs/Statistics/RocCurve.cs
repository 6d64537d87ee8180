namespace BatchScoring.Statistics;

/// <summary>The ROC curve, thinned for drawing.</summary>
public static class RocCurve
{
    /// <summary>Below half a pixel on a chart 800 pixels wide.</summary>
    public const double DefaultTolerance = 1.0 / 2000;

    /// <summary>
    /// Points from (0, 0) to (1, 1), left to right. Ties make slanted lines. A point is left out only when the line that is drawn in its
    /// place passes within <paramref name="tolerance"/> of it, across and up; so at most 4 ÷ tolerance + 3 points remain.
    /// </summary>
    /// <param name="ranked">The scores, higher = riskier.</param>
    /// <param name="tolerance">In the curve's units; 0 keeps every distinct score.</param>
    /// <exception cref="ArgumentOutOfRangeException">A negative tolerance.</exception>
    public static IReadOnlyList<RocPoint> Create(RankedScores ranked, double tolerance = DefaultTolerance)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tolerance);
        var kept = new List<RocPoint> { new(0, 0, double.PositiveInfinity) };
        RocPoint last = kept[0], previous = last;
        long goods = 0, bads = 0;
        for (int i = ranked.Scores.Length - 1; i >= 0; i--)
        {
            goods += ranked.GoodCounts[i];
            bads += ranked.BadCounts[i];
            var point = new RocPoint(goods / (double)ranked.Goods, bads / (double)ranked.Bads, ranked.Scores[i]);

            // The curve never goes left or down, so all points since the last kept one lie in the box between it and the previous one:
            // while that box is small, nothing visible is lost. A point that leaves it keeps the one before, then itself if it is far.
            if (!Near(last, point, tolerance))
            {
                if (previous != last) kept.Add(previous);
                last = previous;
                if (!Near(last, point, tolerance))
                {
                    kept.Add(point);
                    last = point;
                }
            }
            previous = point;
        }
        if (kept[^1] != previous) kept.Add(previous);
        return kept;
    }

    private static bool Near(RocPoint a, RocPoint b, double tolerance) =>
        b.FalsePositiveRate - a.FalsePositiveRate <= tolerance && b.TruePositiveRate - a.TruePositiveRate <= tolerance;
}
