using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using BatchScoring.Training.Random;

namespace BatchScoring.Training.Sampling;

/// <summary>How large a row's derivative must be to be kept for certain.</summary>
internal static class SampleThreshold
{
    private const int Together = 4;

    /// <summary>The sizes of rows one after another, and what is drawn for them: while one is rooted, the other is multiplied.</summary>
    /// <param name="derivatives">Outputs × rows.</param>
    /// <param name="start">The first row.</param>
    /// <param name="lambda">Added to the squares.</param>
    /// <param name="sizes">Filled.</param>
    /// <param name="random">Draws once for every row.</param>
    /// <param name="reals">Filled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static unsafe void Sizes(
        double[][] derivatives, int start, double lambda, Span<double> sizes, CatBoostRandom random, Span<double> reals)
    {
        sizes.Fill(lambda);
        double[] last = derivatives[^1];
        foreach (double[] output in derivatives.AsSpan(0, derivatives.Length - 1)) Add(output.AsSpan(start, sizes.Length), sizes);
        int done = 0, eight = Vector512<double>.Count;
        fixed (double* own = &last[start], size = sizes, real = reals)
        {
            if (CatBoostRandom.RealLanes.AreSupported)
            {
                CatBoostRandom.RealLanes lanes = random.Lanes;
                for (; done <= sizes.Length - eight; done += eight)
                {
                    Root(own + done, size + done);
                    lanes.Next().Store(real + done);
                }

                random.Advance((ulong)done);
            }

            if (done < reals.Length) random.NextReals(reals[done..]);
            for (; done <= sizes.Length - eight; done += eight) Root(own + done, size + done);
        }

        Add(last.AsSpan(start + done, sizes.Length - done), sizes[done..]);
        for (; done < sizes.Length; done++) sizes[done] = Math.Sqrt(sizes[done]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Root(double* derivatives, double* sizes)
    {
        var own = Vector512.Load(derivatives);
        Vector512.Sqrt(Vector512.Load(sizes) + (own * own)).Store(sizes);
    }

    private static void Add(ReadOnlySpan<double> derivatives, Span<double> squares)
    {
        for (int row = 0; row < squares.Length; row++) squares[row] += derivatives[row] * derivatives[row];
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
