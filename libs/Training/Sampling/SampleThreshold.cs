using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Sampling;

/// <summary>How large a row's derivative must be to be kept for certain.</summary>
internal static class SampleThreshold
{
    private const int Together = 4;

    /// <summary>The sizes of rows one after another.</summary>
    /// <param name="derivatives">Outputs × rows.</param>
    /// <param name="start">The first row.</param>
    /// <param name="lambda">Added to the squares.</param>
    /// <param name="sizes">Filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sizes(double[][] derivatives, int start, double lambda, Span<double> sizes)
    {
        sizes.Fill(lambda);
        foreach (double[] output in derivatives)
        {
            ReadOnlySpan<double> own = output.AsSpan(start, sizes.Length);
            int row = 0;
            for (; row <= sizes.Length - Vector512<double>.Count; row += Vector512<double>.Count)
            {
                Vector512<double> g = Vector512.Create(own[row..]), sum = Vector512.Create(sizes[row..]);
                (sum + (g * g)).CopyTo(sizes[row..]);
            }

            for (; row < sizes.Length; row++) sizes[row] += own[row] * own[row];
        }

        int place = 0;
        for (; place <= sizes.Length - Vector512<double>.Count; place += Vector512<double>.Count)
            Vector512.Sqrt(Vector512.Create<double>(sizes[place..])).CopyTo(sizes[place..]);
        for (; place < sizes.Length; place++) sizes[place] = Math.Sqrt(sizes[place]);
    }

    /// <summary>
    /// Where the chances add up to the size wanted. From above: with every step more rows are certain, until none is new. So the same rows
    /// are found, and summed in the same order, whatever the processor.
    /// </summary>
    public static double Of(ReadOnlySpan<double> sizes, double wanted)
    {
        double threshold = double.PositiveInfinity;
        for (int certain = -1; ;)
        {
            (double sum, int large) = Below(sizes, threshold);
            if (large <= certain) return threshold;
            (threshold, certain) = (sum / (wanted - large), large);
        }
    }

    /// <returns>The sum of the sizes up to the threshold, and how many are above it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Sum, int Large) Below(ReadOnlySpan<double> sizes, double threshold)
    {
        Vector512<double> limit = Vector512.Create(threshold), a = default, b = default, c = default, d = default;
        Vector512<long> small = default;
        int row = 0;
        for (; row <= sizes.Length - (Together * Vector512<double>.Count); row += Together * Vector512<double>.Count)
        {
            Add(sizes[row..], limit, ref a, ref small);
            Add(sizes[(row + 8)..], limit, ref b, ref small);
            Add(sizes[(row + 16)..], limit, ref c, ref small);
            Add(sizes[(row + 24)..], limit, ref d, ref small);
        }

        double sum = Vector512.Sum(a + b + (c + d));
        int large = row - (int)Vector512.Sum(small);
        for (; row < sizes.Length; row++)
        {
            if (sizes[row] <= threshold) sum += sizes[row];
            else large++;
        }

        return (sum, large);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ReadOnlySpan<double> sizes, Vector512<double> limit, ref Vector512<double> sum, ref Vector512<long> small)
    {
        Vector512<double> own = Vector512.Create(sizes), isSmall = Vector512.LessThanOrEqual(own, limit);
        sum += own & isSmall;
        small -= isSmall.AsInt64();
    }
}
