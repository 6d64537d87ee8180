using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>For every other processor: comparisons of four values, which all of them have, and rows in their order everywhere.</summary>
internal sealed unsafe class Vector128Kernels : MaskKernels
{
    private const int VectorRows = 4;
    private const int StepRows = 16;
    private const int StepsPerUnit = UnitRows / StepRows;

    /// <summary>Per byte its eight bits as eight bytes of 0 or 1, the lowest bit first.</summary>
    private static readonly ulong[] _spread = [.. Enumerable.Range(0, 256).Select(Spread)];

    /// <inheritdoc/>
    public override int MaskBitOf(int row) => row;

    /// <inheritdoc/>
    public override int SumPlaceOf(int row) => row;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AnswerGreater(float* column, int units, ReadOnlySpan<float> borders, bool missingIsLargest, byte* masks)
    {
        if (missingIsLargest) Answer<GreaterOrMissing, float>(column, units, borders, (ushort*)masks);
        else Answer<Greater, float>(column, units, borders, (ushort*)masks);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AnswerEqual(int* column, int units, ReadOnlySpan<int> values, byte* masks) =>
        Answer<Equal, int>(column, units, values, (ushort*)masks);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Transpose(byte* masks, int* bits, byte* indices)
    {
        ulong* rows = (ulong*)indices;
        new Span<ulong>(rows, MaskBytes).Clear();
        for (int k = 0; k < PlaneBits; k++)
        {
            if (bits[k] == MaskPlan.Zeros) continue;
            byte* mask = masks + (bits[k] * MaskBytes);
            for (int i = 0; i < MaskBytes; i++) rows[i] |= _spread[mask[i]] << k;
        }
    }

    private static ulong Spread(int bits)
    {
        ulong bytes = 0UL;
        for (int k = 0; k < PlaneBits; k++) bytes |= (ulong)(bits >> k & 1) << (k * 8);
        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Answer<TTest, T>(T* column, int units, ReadOnlySpan<T> thresholds, ushort* masks)
        where TTest : ITest<T>
        where T : unmanaged
    {
        foreach (T value in thresholds)
        {
            var threshold = Vector128.Create(value);
            for (int step = 0; step < units * StepsPerUnit; step++)
                masks[step] = AnswerStep<TTest, T>(column + (step * StepRows), threshold);
            masks += MaskBytes / sizeof(ushort);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ushort AnswerStep<TTest, T>(T* rows, Vector128<T> threshold)
        where TTest : ITest<T>
        where T : unmanaged
    {
        var pair0 = Vector128.Narrow(
            TTest.Answer(Vector128.Load(rows), threshold), TTest.Answer(Vector128.Load(rows + VectorRows), threshold));
        var pair1 = Vector128.Narrow(
            TTest.Answer(Vector128.Load(rows + (2 * VectorRows)), threshold),
            TTest.Answer(Vector128.Load(rows + (3 * VectorRows)), threshold));
        return (ushort)Vector128.Narrow(pair0, pair1).ExtractMostSignificantBits();
    }

    private interface ITest<T>
    {
        static abstract Vector128<int> Answer(Vector128<T> values, Vector128<T> threshold);
    }

    private readonly struct Greater : ITest<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Answer(Vector128<float> values, Vector128<float> threshold) =>
            Vector128.GreaterThan(values, threshold).AsInt32();
    }

    private readonly struct GreaterOrMissing : ITest<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Answer(Vector128<float> values, Vector128<float> threshold) =>
            ~Vector128.LessThanOrEqual(values, threshold).AsInt32();
    }

    private readonly struct Equal : ITest<int>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector128<int> Answer(Vector128<int> values, Vector128<int> threshold) => Vector128.Equals(values, threshold);
    }
}
