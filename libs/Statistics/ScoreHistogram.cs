using System.Text.Json.Serialization;

namespace BatchScoring.Statistics;

/// <summary>
/// Counts of values in bins of equal width over a fixed range. Because the bins do not depend on the data, tasks count their own splits and
/// the counts add up to the same histogram however the rows were split. Written as JSON, it is what a task result carries.
/// </summary>
/// <remarks>Not thread safe while adding.</remarks>
public sealed class ScoreHistogram
{
    private readonly long[] counts;

    /// <summary>An empty histogram.</summary>
    /// <param name="minimum">Lower edge of the first bin; finite.</param>
    /// <param name="maximum">Upper edge of the last bin, which includes it; finite, above <paramref name="minimum"/>.</param>
    /// <param name="bins">How many bins; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An edge or the number of bins is out of its range.</exception>
    public ScoreHistogram(double minimum, double maximum, int bins)
        : this(minimum, maximum, NewCounts(bins), 0, 0, 0)
    {
    }

    /// <summary>A histogram from counts, as read from JSON. Copies <paramref name="counts"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An edge, the number of bins or a count is out of its range.</exception>
    [JsonConstructor]
    public ScoreHistogram(double minimum, double maximum, IReadOnlyList<long> counts, long below, long above, long missing)
    {
        if (!double.IsFinite(minimum)) throw new ArgumentOutOfRangeException(nameof(minimum), minimum, "Edges must be finite.");
        if (!double.IsFinite(maximum - minimum) || maximum <= minimum)
            throw new ArgumentOutOfRangeException(nameof(maximum), maximum, "The upper edge must be finite and above the lower edge.");
        if (counts.Count == 0) throw new ArgumentOutOfRangeException(nameof(counts), "At least one bin is needed.");
        if (below < 0 || above < 0 || missing < 0 || counts.Any(c => c < 0))
            throw new ArgumentOutOfRangeException(nameof(counts), "Counts cannot be negative.");
        Minimum = minimum;
        Maximum = maximum;
        this.counts = [.. counts];
        Below = below;
        Above = above;
        Missing = missing;
    }

    /// <summary>Lower edge of the first bin.</summary>
    public double Minimum { get; }

    /// <summary>Upper edge of the last bin; a value equal to it is in the last bin.</summary>
    public double Maximum { get; }

    /// <summary>Values per bin, first bin first; bin i holds lower edge ≤ value &lt; upper edge.</summary>
    public IReadOnlyList<long> Counts => counts;

    /// <summary>Values below the first bin.</summary>
    public long Below { get; private set; }

    /// <summary>Values above the last bin.</summary>
    public long Above { get; private set; }

    /// <summary>Values that are NaN.</summary>
    public long Missing { get; private set; }

    /// <summary>All values that were added, missing ones included.</summary>
    [JsonIgnore]
    public long Total => counts.Sum() + Below + Above + Missing;

    /// <summary>Lower edge of bin <paramref name="bin"/>; the number of bins gives the upper edge of the last.</summary>
    public double Edge(int bin) => bin == counts.Length ? Maximum : Minimum + ((Maximum - Minimum) * bin / counts.Length);

    /// <summary>Whether another histogram counts in the same bins.</summary>
    public bool HasBinsOf(ScoreHistogram other) =>
        other.Minimum == Minimum && other.Maximum == Maximum && other.counts.Length == counts.Length;

    /// <summary>
    /// Values below an edge between bins: exact. Null for a value that is no edge, below which nobody counted; missing values are not
    /// below.
    /// </summary>
    public long? CountBelow(double edge)
    {
        for (int bin = 0; bin <= counts.Length; bin++)
            if (Edge(bin) == edge) return Below + counts.AsSpan(0, bin).ToArray().Sum();
        return null;
    }

    /// <summary>A quantile of the values that are not missing, interpolated within its bin.</summary>
    /// <param name="p">0 to 1.</param>
    /// <returns>Null where there are no values, or where it lies outside the range of the bins.</returns>
    public double? Quantile(double p)
    {
        double rank = p * (Total - Missing), seen = Below;
        if (Total == Missing || rank < seen) return null;
        for (int bin = 0; bin < counts.Length; bin++)
        {
            if (counts[bin] > 0 && seen + counts[bin] >= rank)
                return Edge(bin) + ((Edge(bin + 1) - Edge(bin)) * (rank - seen) / counts[bin]);
            seen += counts[bin];
        }

        return null;
    }

    /// <summary>Counts values in.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        foreach (double value in values) Add(value);
    }

    /// <summary>Counts a value in, as often as <paramref name="times"/> says.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative times.</exception>
    public void Add(double value, long times = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        if (double.IsNaN(value)) Missing += times;
        else if (value < Minimum) Below += times;
        else if (value > Maximum) Above += times;
        else counts[BinOf(value)] += times;
    }

    /// <summary>Counts another histogram's values in.</summary>
    /// <exception cref="ArgumentException">Its bins are not the same.</exception>
    public void Add(ScoreHistogram other)
    {
        if (!HasBinsOf(other))
            throw new ArgumentException("Histograms add up only when their bins are the same.", nameof(other));
        for (int i = 0; i < counts.Length; i++) counts[i] += other.counts[i];
        Below += other.Below;
        Above += other.Above;
        Missing += other.Missing;
    }

    /// <summary>The division may land next to an edge; the edges decide, so that every value is where <see cref="Edge"/> says.</summary>
    private int BinOf(double value)
    {
        int bin = Math.Min((int)((value - Minimum) / (Maximum - Minimum) * counts.Length), counts.Length - 1);
        while (bin > 0 && value < Edge(bin)) bin--;
        while (bin < counts.Length - 1 && value >= Edge(bin + 1)) bin++;
        return bin;
    }

    private static long[] NewCounts(int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        return new long[bins];
    }
}
