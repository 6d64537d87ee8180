using System.Runtime.InteropServices;
using System.Text.Json.Serialization;

namespace BatchScoring.Statistics;

/// <summary>
/// Counts of values of any size, in bins whose width follows the size: every power of two is cut into 32. A value is known to 3 %, whatever
/// the range turns out to be, and because the bins do not depend on the data, the counts of splits add up to those of the whole. Written as
/// JSON it names only bins that hold values.
/// </summary>
/// <remarks>Not thread safe while adding.</remarks>
public sealed class MagnitudeHistogram
{
    private const int MantissaBits = 5;
    private const int Shift = 52 - MantissaBits;
    private readonly Dictionary<int, long> _counts = [];

    /// <summary>An empty histogram.</summary>
    public MagnitudeHistogram()
    {
    }

    /// <summary>A histogram from counts, as read from JSON. Copies <paramref name="counts"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    [JsonConstructor]
    public MagnitudeHistogram(IReadOnlyDictionary<int, long> counts, long missing)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(missing);
        foreach ((int bin, long count) in counts)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(count, nameof(counts));
            _counts[bin] = count;
        }

        Missing = missing;
    }

    /// <summary>Values per bin, ascending by bin: 0 holds zero, positive bins positive values, negative bins negative ones.</summary>
    public IReadOnlyDictionary<int, long> Counts => new SortedDictionary<int, long>(_counts);

    /// <summary>Values that are NaN.</summary>
    public long Missing { get; private set; }

    /// <summary>All values but the missing ones.</summary>
    [JsonIgnore]
    public long Total => _counts.Values.Sum();

    /// <summary>Counts a value in.</summary>
    public void Add(double value)
    {
        if (double.IsNaN(value)) Missing++;
        else CollectionsMarshal.GetValueRefOrAddDefault(_counts, BinOf(value), out _)++;
    }

    /// <summary>Counts another histogram's values in.</summary>
    public void Add(MagnitudeHistogram other)
    {
        foreach ((int bin, long count) in other._counts) CollectionsMarshal.GetValueRefOrAddDefault(_counts, bin, out _) += count;
        Missing += other.Missing;
    }

    /// <summary>A quantile of the values that are not missing, interpolated within its bin; null where there are none.</summary>
    /// <param name="p">0 to 1.</param>
    public double? Quantile(double p)
    {
        double rank = p * Total, seen = 0;
        foreach ((int bin, long count) in Counts)
        {
            if (count > 0 && seen + count >= rank) return Within(bin, (rank - seen) / count);
            seen += count;
        }

        return null;
    }

    /// <summary>
    /// The same values in bins of equal width, for drawing; a bin that reaches over several is shared out by width and counts are rounded,
    /// no row being lost.
    /// </summary>
    /// <param name="minimum">Lower edge; finite.</param>
    /// <param name="maximum">Upper edge; finite, above <paramref name="minimum"/>.</param>
    /// <param name="bins">How many; at least 1.</param>
    public ScoreHistogram Spread(double minimum, double maximum, int bins)
    {
        double[] shares = new double[bins];
        double below = 0, above = 0, width = (maximum - minimum) / bins;
        foreach ((int bin, long count) in _counts)
        {
            (double from, double to) = (Within(bin, 0), Within(bin, 1));
            below += count * Part(from, to, double.NegativeInfinity, minimum);
            above += count * Part(from, to, Math.BitIncrement(maximum), double.PositiveInfinity);
            for (int i = 0; i < bins; i++)
            {
                double right = i == bins - 1 ? Math.BitIncrement(maximum) : minimum + (width * (i + 1));
                shares[i] += count * Part(from, to, minimum + (width * i), right);
            }
        }

        // Running sums are rounded, so that the counts are whole and no row comes or goes.
        double sum = below;
        long done = (long)Math.Round(sum), underneath = done;
        long[] counts = new long[bins];
        for (int i = 0; i < bins; i++)
        {
            sum += shares[i];
            counts[i] = (long)Math.Round(sum) - done;
            done += counts[i];
        }

        return new ScoreHistogram(minimum, maximum, counts, underneath, (long)Math.Round(sum + above) - done, Missing);
    }

    /// <summary>How much of a bin lies in [left, right); a bin without width (zero, infinity) lies there or not.</summary>
    private static double Part(double from, double to, double left, double right)
    {
        if (from == to) return from >= left && (from < right || (double.IsPositiveInfinity(from) && double.IsPositiveInfinity(right)))
            ? 1
            : 0;
        return Math.Max(0, Math.Min(to, right) - Math.Max(from, left)) / (to - from);
    }

    /// <summary>The leading bits of a double's size count upwards with it; one more keeps zero apart.</summary>
    private static int BinOf(double value)
    {
        if (value == 0) return 0;
        int size = (int)(BitConverter.DoubleToInt64Bits(Math.Abs(value)) >> Shift) + 1;
        return value > 0 ? size : -size;
    }

    private static double Within(int bin, double part)
    {
        if (bin == 0) return 0;
        int size = Math.Abs(bin) - 1;
        double low = BitConverter.Int64BitsToDouble((long)size << Shift), high = BitConverter.Int64BitsToDouble((long)(size + 1) << Shift);
        if (double.IsInfinity(low)) return bin > 0 ? low : -low;
        double value = double.IsInfinity(high) ? low : low + ((high - low) * (bin > 0 ? part : 1 - part));
        return bin > 0 ? value : -value;
    }
}
