namespace BatchScoring.Statistics;

/// <summary>
/// Bins frozen at a reference: its distinct linear quantiles are the edges. A value belongs to the bin of the first edge that is not below
/// it, above the last edge to the last bin; missing values are a bin of their own. Immutable.
/// </summary>
public sealed class QuantileBins
{
    private readonly double[] _edges;

    private QuantileBins(double[] edges) => _edges = edges;

    /// <summary>The edges, ascending.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>Cuts a reference into groups of about equal count.</summary>
    /// <param name="reference">Its values; NaN is missing. Copied.</param>
    /// <param name="groups">How many groups; at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 2 groups.</exception>
    public static QuantileBins Of(ReadOnlySpan<double> reference, int groups = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 2);
        double[] sorted = [.. reference.ToArray().Where(value => !double.IsNaN(value)).Order()];
        if (sorted.Length == 0) return new QuantileBins([]);
        return new QuantileBins([.. Enumerable.Range(1, groups - 1).Select(i => Quantiles.Linear(sorted, i / (double)groups)).Distinct()]);
    }

    /// <summary>Rows per bin: one more than there are edges, and the missing ones last.</summary>
    /// <param name="values">The values; NaN is missing.</param>
    public long[] Count(ReadOnlySpan<double> values)
    {
        long[] counts = new long[_edges.Length + 2];
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                counts[^1]++;
                continue;
            }

            int at = Array.BinarySearch(_edges, value);
            counts[at >= 0 ? at : ~at]++;
        }

        return counts;
    }
}
