using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// AVX2. Thirty-two rows per step, in the order in which packing leaves them; leaves are looked up one by one, which on this width is
/// faster than permutes.
/// </summary>
internal sealed unsafe class Vector256Kernels : MaskKernels
{
    private const int VectorRows = 8;
    private const int StepRows = 32;
    private const int StepsPerUnit = UnitRows / StepRows;

    // A mask is two halves of 32 bytes. Within a half, words u and 8 + u are rows 32u to 32u + 31: the shuffles of a transpose put byte
    // 16v + 2u + b of every mask into result u.
    private const int StepsPerHalf = PassRows / 2 / StepRows;
    private const int WordsPerHalf = 2 * StepsPerHalf;
    private const int WordBits = 16;

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <inheritdoc/>
    public override int MaskBitOf(int row)
    {
        (int step, int place) = Math.DivRem(SumPlaceOf(row), StepRows);
        (int half, int inHalf) = Math.DivRem(step, StepsPerHalf);
        (int word, int bit) = Math.DivRem(place, WordBits);
        return (((half * WordsPerHalf) + (word * StepsPerHalf) + inHalf) * WordBits) + bit;
    }

    /// <summary>Packing takes four rows of each of four vectors, then the other four.</summary>
    public override int SumPlaceOf(int row)
    {
        int inStep = row % StepRows;
        (int vector, int lane) = Math.DivRem(inStep, VectorRows);
        return row - inStep + (lane / 4 * WordBits) + (vector * 4) + (lane % 4);
    }

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
    public override void Transpose(byte* masks, int* bits, byte* indices)
    {
        TransposeHalf(masks, bits, indices);
        TransposeHalf(masks + (MaskBytes / 2), bits, indices + (PassRows / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeHalf(byte* masks, int* bits, byte* indices)
    {
        // Interleave bytes, pairs, quadruples: 64 bits of the results hold one byte of each mask, the lowest bit's mask last.
        (Vector256<byte> a0, Vector256<byte> a1) = InterleaveBytes(Load(masks, bits[7]), Load(masks, bits[6]));
        (Vector256<byte> b0, Vector256<byte> b1) = InterleaveBytes(Load(masks, bits[5]), Load(masks, bits[4]));
        (Vector256<byte> c0, Vector256<byte> c1) = InterleaveBytes(Load(masks, bits[3]), Load(masks, bits[2]));
        (Vector256<byte> d0, Vector256<byte> d1) = InterleaveBytes(Load(masks, bits[1]), Load(masks, bits[0]));
        TransposeQuarter(a0, b0, c0, d0, indices);
        TransposeQuarter(a1, b1, c1, d1, indices + (PassRows / 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeQuarter(Vector256<byte> a, Vector256<byte> b, Vector256<byte> c, Vector256<byte> d, byte* indices)
    {
        (Vector256<byte> high0, Vector256<byte> high1) = InterleavePairs(a, b);
        (Vector256<byte> low0, Vector256<byte> low1) = InterleavePairs(c, d);
        (Vector256<byte> r0, Vector256<byte> r1) = InterleaveQuadruples(high0, low0);
        (Vector256<byte> r2, Vector256<byte> r3) = InterleaveQuadruples(high1, low1);
        BitTranspose.Transpose(r0).Store(indices);
        BitTranspose.Transpose(r1).Store(indices + StepRows);
        BitTranspose.Transpose(r2).Store(indices + (2 * StepRows));
        BitTranspose.Transpose(r3).Store(indices + (3 * StepRows));
    }

    private static Vector256<byte> Load(byte* masks, int number) => Vector256.Load(masks + (number * MaskBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) InterleaveBytes(Vector256<byte> left, Vector256<byte> right) =>
        (Avx2.UnpackLow(left, right), Avx2.UnpackHigh(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) InterleavePairs(Vector256<byte> left, Vector256<byte> right) =>
        (Avx2.UnpackLow(left.AsUInt16(), right.AsUInt16()).AsByte(), Avx2.UnpackHigh(left.AsUInt16(), right.AsUInt16()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<byte> Low, Vector256<byte> High) InterleaveQuadruples(Vector256<byte> left, Vector256<byte> right) =>
        (Avx2.UnpackLow(left.AsUInt32(), right.AsUInt32()).AsByte(), Avx2.UnpackHigh(left.AsUInt32(), right.AsUInt32()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Answer<TTest, T>(T* column, int units, ReadOnlySpan<T> thresholds, ushort* masks)
        where TTest : ITest<T>
        where T : unmanaged
    {
        foreach (T value in thresholds)
        {
            var threshold = Vector256.Create(value);
            if (units == PassRows / UnitRows)
            {
                AnswerHalf<TTest, T>(column, threshold, masks);
                AnswerHalf<TTest, T>(column + (PassRows / 2), threshold, masks + WordsPerHalf);
            }
            else
            {
                for (int step = 0; step < units * StepsPerUnit; step++)
                {
                    ushort* words = masks + (step / StepsPerHalf * WordsPerHalf) + (step % StepsPerHalf);
                    AnswerStep<TTest, T>(column + (step * StepRows), threshold, words);
                }
            }

            masks += MaskBytes / sizeof(ushort);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AnswerHalf<TTest, T>(T* rows, Vector256<T> threshold, ushort* words)
        where TTest : ITest<T>
        where T : unmanaged
    {
        AnswerStep<TTest, T>(rows, threshold, words);
        AnswerStep<TTest, T>(rows + StepRows, threshold, words + 1);
        AnswerStep<TTest, T>(rows + (2 * StepRows), threshold, words + 2);
        AnswerStep<TTest, T>(rows + (3 * StepRows), threshold, words + 3);
        AnswerStep<TTest, T>(rows + (4 * StepRows), threshold, words + 4);
        AnswerStep<TTest, T>(rows + (5 * StepRows), threshold, words + 5);
        AnswerStep<TTest, T>(rows + (6 * StepRows), threshold, words + 6);
        AnswerStep<TTest, T>(rows + (7 * StepRows), threshold, words + 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AnswerStep<TTest, T>(T* rows, Vector256<T> threshold, ushort* words)
        where TTest : ITest<T>
        where T : unmanaged
    {
        Vector256<short> pair0 = Avx2.PackSignedSaturate(
            TTest.Answer(Vector256.Load(rows), threshold), TTest.Answer(Vector256.Load(rows + VectorRows), threshold));
        Vector256<short> pair1 = Avx2.PackSignedSaturate(
            TTest.Answer(Vector256.Load(rows + (2 * VectorRows)), threshold),
            TTest.Answer(Vector256.Load(rows + (3 * VectorRows)), threshold));
        uint answers = Avx2.PackSignedSaturate(pair0, pair1).ExtractMostSignificantBits();
        words[0] = (ushort)answers;
        words[StepsPerHalf] = (ushort)(answers >> WordBits);
    }

    private interface ITest<T>
    {
        static abstract Vector256<int> Answer(Vector256<T> values, Vector256<T> threshold);
    }

    private readonly struct Greater : ITest<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Answer(Vector256<float> values, Vector256<float> threshold) =>
            Avx.Compare(threshold, values, FloatComparisonMode.OrderedLessThanNonSignaling).AsInt32();
    }

    private readonly struct GreaterOrMissing : ITest<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Answer(Vector256<float> values, Vector256<float> threshold) =>
            Avx.Compare(threshold, values, FloatComparisonMode.UnorderedNotGreaterThanOrEqualNonSignaling).AsInt32();
    }

    private readonly struct Equal : ITest<int>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<int> Answer(Vector256<int> values, Vector256<int> threshold) => Vector256.Equals(threshold, values);
    }
}
