using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Models.CatBoost.Evaluation;

/// <summary>
/// AVX-512 (F and BW; GFNI where it is there). Sixteen rows per comparison; a mask's 16-bit words stand so that the transposed index bytes
/// come out in row order, unit by unit.
/// </summary>
internal sealed unsafe class Vector512Kernels : MaskKernels
{
    private const int VectorRows = 16;

    // Rows 64u + 16v … are word 8v + u of a mask: the shuffles of a transpose put byte 16v + 2u + b of every mask into result u.
    private const int WordsPerVector = PassRows / UnitRows;

    private static readonly short[] _sumPlaceOfIndex =
        [.. Enumerable.Range(0, PassRows).Select(row => (short)WordPlaneLeafTable.SumPlaceOf(row))];

    /// <summary>Whether this processor has the instructions.</summary>
    public static bool IsSupported => Avx512BW.IsSupported;

    /// <inheritdoc/>
    public override int MaskBitOf(int row)
    {
        (int unit, int inUnit) = Math.DivRem(row, UnitRows);
        (int vector, int bit) = Math.DivRem(inUnit, VectorRows);
        return (((vector * WordsPerVector) + unit) * VectorRows) + bit;
    }

    /// <inheritdoc/>
    public override int SumPlaceOf(int row) => _sumPlaceOfIndex[row];

    /// <inheritdoc/>
    public override bool IsNarrow(MaskTree tree) => tree.Bits.Length <= WordPlaneLeafTable.MaxBits;

    /// <inheritdoc/>
    public override LeafTable CreateTable(ReadOnlySpan<MaskTree> trees, int output) =>
        IsNarrow(trees[0]) ? new WordPlaneLeafTable(trees, output) : new ScalarLeafTable(trees, output, _sumPlaceOfIndex);

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
        // Interleave bytes, pairs, quadruples: 64 bits of the results hold one byte of each mask, the lowest bit's mask last, as GFNI
        // counts.
        (Vector512<byte> a0, Vector512<byte> a1) = InterleaveBytes(Load(masks, bits[7]), Load(masks, bits[6]));
        (Vector512<byte> b0, Vector512<byte> b1) = InterleaveBytes(Load(masks, bits[5]), Load(masks, bits[4]));
        (Vector512<byte> c0, Vector512<byte> c1) = InterleaveBytes(Load(masks, bits[3]), Load(masks, bits[2]));
        (Vector512<byte> d0, Vector512<byte> d1) = InterleaveBytes(Load(masks, bits[1]), Load(masks, bits[0]));
        TransposeHalf(a0, b0, c0, d0, indices);
        TransposeHalf(a1, b1, c1, d1, indices + (PassRows / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeHalf(Vector512<byte> a, Vector512<byte> b, Vector512<byte> c, Vector512<byte> d, byte* indices)
    {
        (Vector512<byte> high0, Vector512<byte> high1) = InterleavePairs(a, b);
        (Vector512<byte> low0, Vector512<byte> low1) = InterleavePairs(c, d);
        (Vector512<byte> r0, Vector512<byte> r1) = InterleaveQuadruples(high0, low0);
        (Vector512<byte> r2, Vector512<byte> r3) = InterleaveQuadruples(high1, low1);
        BitTranspose.Transpose(r0).Store(indices);
        BitTranspose.Transpose(r1).Store(indices + UnitRows);
        BitTranspose.Transpose(r2).Store(indices + (2 * UnitRows));
        BitTranspose.Transpose(r3).Store(indices + (3 * UnitRows));
    }

    private static Vector512<byte> Load(byte* masks, int number) => Vector512.Load(masks + (number * MaskBytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<byte> Low, Vector512<byte> High) InterleaveBytes(Vector512<byte> left, Vector512<byte> right) =>
        (Avx512BW.UnpackLow(left, right), Avx512BW.UnpackHigh(left, right));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<byte> Low, Vector512<byte> High) InterleavePairs(Vector512<byte> left, Vector512<byte> right) =>
        (Avx512BW.UnpackLow(left.AsUInt16(), right.AsUInt16()).AsByte(), Avx512BW.UnpackHigh(left.AsUInt16(), right.AsUInt16()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<byte> Low, Vector512<byte> High) InterleaveQuadruples(Vector512<byte> left, Vector512<byte> right) =>
        (Avx512F.UnpackLow(left.AsUInt32(), right.AsUInt32()).AsByte(), Avx512F.UnpackHigh(left.AsUInt32(), right.AsUInt32()).AsByte());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Answer<TTest, T>(T* column, int units, ReadOnlySpan<T> thresholds, ushort* masks)
        where TTest : ITest<T>
        where T : unmanaged
    {
        foreach (T value in thresholds)
        {
            var threshold = Vector512.Create(value);
            if (units == PassRows / UnitRows)
            {
                AnswerUnit<TTest, T>(column, threshold, masks);
                AnswerUnit<TTest, T>(column + UnitRows, threshold, masks + 1);
                AnswerUnit<TTest, T>(column + (2 * UnitRows), threshold, masks + 2);
                AnswerUnit<TTest, T>(column + (3 * UnitRows), threshold, masks + 3);
                AnswerUnit<TTest, T>(column + (4 * UnitRows), threshold, masks + 4);
                AnswerUnit<TTest, T>(column + (5 * UnitRows), threshold, masks + 5);
                AnswerUnit<TTest, T>(column + (6 * UnitRows), threshold, masks + 6);
                AnswerUnit<TTest, T>(column + (7 * UnitRows), threshold, masks + 7);
            }
            else
            {
                for (int unit = 0; unit < units; unit++) AnswerUnit<TTest, T>(column + (unit * UnitRows), threshold, masks + unit);
            }

            masks += MaskBytes / sizeof(ushort);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AnswerUnit<TTest, T>(T* rows, Vector512<T> threshold, ushort* masks)
        where TTest : ITest<T>
        where T : unmanaged
    {
        masks[0] = TTest.Answer(Vector512.Load(rows), threshold);
        masks[WordsPerVector] = TTest.Answer(Vector512.Load(rows + VectorRows), threshold);
        masks[2 * WordsPerVector] = TTest.Answer(Vector512.Load(rows + (2 * VectorRows)), threshold);
        masks[3 * WordsPerVector] = TTest.Answer(Vector512.Load(rows + (3 * VectorRows)), threshold);
    }

    private interface ITest<T>
    {
        static abstract ushort Answer(Vector512<T> values, Vector512<T> threshold);
    }

    private readonly struct Greater : ITest<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort Answer(Vector512<float> values, Vector512<float> threshold) =>
            (ushort)Vector512.LessThan(threshold, values).ExtractMostSignificantBits();
    }

    private readonly struct GreaterOrMissing : ITest<float>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort Answer(Vector512<float> values, Vector512<float> threshold) =>
            (ushort)Avx512F.Compare(threshold, values, FloatComparisonMode.UnorderedNotGreaterThanOrEqualNonSignaling)
                .ExtractMostSignificantBits();
    }

    private readonly struct Equal : ITest<int>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static ushort Answer(Vector512<int> values, Vector512<int> threshold) =>
            (ushort)Vector512.Equals(threshold, values).ExtractMostSignificantBits();
    }
}
