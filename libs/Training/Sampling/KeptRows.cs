using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Training.Sampling;

/// <summary>
/// Appends the rows of a block that are kept to a sample. Without a branch, since which they are cannot be foreseen: what is not kept is
/// written over by the next.
/// </summary>
internal static unsafe class KeptRows
{
    /// <summary>So many rows more than are kept may be written.</summary>
    public const int Beyond = 8;

    private const int Half = 4;

    /// <summary>By the bits of eight rows: which ones are kept, in order.</summary>
    private static readonly ulong[] Orders = [.. Enumerable.Range(0, 256).Select(Order)];

    /// <summary>By the bits of four rows: the same, of the halves of 64 bits.</summary>
    private static readonly Vector256<int>[] Halves = [.. Enumerable.Range(0, 16).Select(HalvesOf)];

    /// <param name="block">Rows.</param>
    /// <param name="noWeight">Rows that weigh no more are not kept.</param>
    /// <param name="sample">Added to.</param>
    /// <param name="kept">How many it has.</param>
    /// <returns>How many it has then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Add(Block block, float noWeight, RowSample sample, int kept)
    {
        int count = block.Reals.Length, i = 0;
        fixed (int* rows = sample.Rows)
        fixed (float* weightsKept = sample.Weights, own = block.Weights, given = block.Given)
        fixed (double* derivativesKept = sample.Derivatives[0], derivatives = block.Derivatives, chances = block.Chances, reals = block.Reals)
        {
            for (; Avx2.IsSupported && i <= count - Beyond; i += Beyond)
            {
                Vector256<float> share = Vector256.Load(own + i), weight = given == null ? share : share * Vector256.Load(given + i);
                uint low = Vector256.LessThan(Vector256.Load(reals + i), Vector256.Load(chances + i)).ExtractMostSignificantBits(),
                    high = Vector256.LessThan(Vector256.Load(reals + i + Half), Vector256.Load(chances + i + Half)).ExtractMostSignificantBits(),
                    bits = (low | (high << Half)) & Vector256.GreaterThan(weight, Vector256.Create(noWeight)).ExtractMostSignificantBits();
                (low, high) = (bits & 15, bits >> Half);
                Vector256<int> order = Avx2.ConvertToVector256Int32(Vector128.CreateScalar(Orders[bits]).AsByte());
                Avx2.PermuteVar8x32(Vector256.Create(block.Start + i) + Vector256<int>.Indices, order).Store(rows + kept);
                Avx2.PermuteVar8x32(weight, order).Store(weightsKept + kept);
                Put(derivatives + i, share.GetLower(), low, derivativesKept + kept);
                Put(derivatives + i + Half, share.GetUpper(), high, derivativesKept + kept + BitOperations.PopCount(low));
                kept += BitOperations.PopCount(bits);
            }

            for (; i < count; i++)
            {
                float weight = given == null ? own[i] : own[i] * given[i];
                (rows[kept], weightsKept[kept], derivativesKept[kept]) = (block.Start + i, weight, derivatives[i] * own[i]);
                kept += Unsafe.BitCast<bool, byte>(reals[i] < chances[i] & weight > noWeight);
            }
        }

        return kept;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(double* derivatives, Vector128<float> share, uint bits, double* kept)
    {
        Vector256<double> own = Vector256.Load(derivatives) * Avx.ConvertToVector256Double(share);
        Avx2.PermuteVar8x32(own.AsInt32(), Halves[bits]).AsDouble().Store(kept);
    }

    private static ulong Order(int bits)
    {
        ulong order = 0;
        for (int row = 7; row >= 0; row--) if ((bits >> row & 1) == 1) order = (order << 8) | (uint)row;
        return order;
    }

    private static Vector256<int> HalvesOf(int bits)
    {
        ulong order = Order(bits);
        Vector256<int> halves = default;
        for (int place = 0; place < Half; place++)
        {
            int row = (int)(byte)(order >> (8 * place));
            halves = halves.WithElement(2 * place, 2 * row).WithElement((2 * place) + 1, (2 * row) + 1);
        }

        return halves;
    }

    /// <summary>Rows one after another.</summary>
    /// <param name="start">The first one's number.</param>
    /// <param name="reals">Drawn: kept are those below their chance.</param>
    /// <param name="chances">By row.</param>
    /// <param name="weights">That make up for the chance.</param>
    /// <param name="given">Weights of the table; none: all 1.</param>
    /// <param name="derivatives">The first ones.</param>
    public readonly ref struct Block(
        int start, ReadOnlySpan<double> reals, ReadOnlySpan<double> chances, ReadOnlySpan<float> weights, ReadOnlySpan<float> given,
        ReadOnlySpan<double> derivatives)
    {
        public int Start { get; } = start;

        public ReadOnlySpan<double> Reals { get; } = reals;

        public ReadOnlySpan<double> Chances { get; } = chances;

        public ReadOnlySpan<float> Weights { get; } = weights;

        public ReadOnlySpan<float> Given { get; } = given;

        public ReadOnlySpan<double> Derivatives { get; } = derivatives;
    }
}
