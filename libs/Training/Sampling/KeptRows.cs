using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Sampling;

/// <summary>
/// Takes the rows of a block that are kept into a sample, eight at a time. Without a branch, since which they are cannot be foreseen: what
/// is not kept is written over by the next.
/// </summary>
internal static unsafe class KeptRows
{
    private const int Eight = 8, Half = 4;

    /// <summary>By the bits of four rows: which ones are set, in order, each as two halves of 64 bits.</summary>
    private static readonly PinnedBuffer<int> Halves = MadeHalves();

    /// <param name="block">Rows.</param>
    /// <param name="sample">Written to.</param>
    /// <param name="kept">Where the first one goes.</param>
    /// <param name="end">Where the last one has gone: nothing is written from there on.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(Block block, RowSample sample, int kept, int end)
    {
        int count = block.Weights.Length, i = 0;
        fixed (int* rows = sample.Rows)
        fixed (float* weightsKept = sample.Weights, own = block.Weights, given = block.Given)
        fixed (double* derivativesKept = sample.Derivatives[0], derivatives = block.Derivatives)
        fixed (ulong* words = block.Words)
        {
            var halves = (Vector256<int>*)Halves.Start;
            byte* eights = (byte*)words;
            ulong* orders = RowBits.SetOnes;
            for (; Avx2.IsSupported && i <= count - Eight && kept <= end - Eight; i += Eight)
            {
                Vector256<float> share = Vector256.Load(own + i), weight = given == null ? share : share * Vector256.Load(given + i);
                uint bits = eights[i / Eight], low = bits & 15;
                Vector256<int> order = Avx2.ConvertToVector256Int32((byte*)(orders + bits));
                Avx2.PermuteVar8x32(Vector256.Create(block.Start + i) + Vector256<int>.Indices, order).Store(rows + kept);
                Avx2.PermuteVar8x32(weight, order).Store(weightsKept + kept);
                Put(derivatives + i, share.GetLower(), halves[low], derivativesKept + kept);
                Put(derivatives + i + Half, share.GetUpper(), halves[bits >> Half], derivativesKept + kept + BitOperations.PopCount(low));
                kept += BitOperations.PopCount(bits);
            }

            for (; i < count; i++)
            {
                if ((words[i / Workers.WordRows] >> (i % Workers.WordRows) & 1) == 0) continue;
                rows[kept] = block.Start + i;
                weightsKept[kept] = given == null ? own[i] : own[i] * given[i];
                derivativesKept[kept++] = derivatives[i] * own[i];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* derivatives, Vector128<float> share, Vector256<int> order, double* kept)
    {
        Vector256<double> own = Vector256.Load(derivatives) * Avx.ConvertToVector256Double(share);
        Avx2.PermuteVar8x32(own.AsInt32(), order).AsDouble().Store(kept);
    }

    private static PinnedBuffer<int> MadeHalves()
    {
        PinnedBuffer<int> halves = new((1 << Half) * Eight);
        for (int bits = 0; bits < 1 << Half; bits++)
        {
            ulong order = RowBits.SetOnes[bits];
            for (int half = 0; half < Eight; half++)
                halves.Start[(bits * Eight) + half] = (2 * (int)(byte)(order >> (Eight * (half / 2)))) + (half % 2);
        }

        return halves;
    }

    /// <summary>Rows one after another.</summary>
    /// <param name="start">The first one's number.</param>
    /// <param name="words">A bit for every row that is kept.</param>
    /// <param name="weights">That make up for the chance.</param>
    /// <param name="given">Weights of the table; none: all 1.</param>
    /// <param name="derivatives">The first ones.</param>
    public readonly ref struct Block(
        int start, ReadOnlySpan<ulong> words, ReadOnlySpan<float> weights, ReadOnlySpan<float> given, ReadOnlySpan<double> derivatives)
    {
        public int Start { get; } = start;

        public ReadOnlySpan<ulong> Words { get; } = words;

        public ReadOnlySpan<float> Weights { get; } = weights;

        public ReadOnlySpan<float> Given { get; } = given;

        public ReadOnlySpan<double> Derivatives { get; } = derivatives;
    }
}
