using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Parquet;

/// <summary>AVX-512 with VBMI: sixteen values at a time, small dictionaries in registers.</summary>
internal sealed unsafe class Vector512Kernels : Vector256Kernels
{
    private const int Lanes = 16;

    public static new bool IsSupported => Avx512Vbmi.IsSupported && Avx512DQ.IsSupported && Avx2.IsSupported;

    public override void Unpack(byte* from, int width, int count, uint* to)
    {
        fixed (byte* places = &UnpackTables.Bytes512[width * 64])
        fixed (uint* shifts = &UnpackTables.Shifts[width * 16])
        {
            var place = Vector512.Load(places);
            var shift = Vector512.Load(shifts);
            var mask = Vector512.Create((1u << width) - 1);
            for (int i = 0; i < count; i += Lanes, from += 2 * width)
                (Avx512F.ShiftRightLogicalVariable(Avx512Vbmi.PermuteVar64x8(Vector512.Load(from), place).AsUInt32(), shift) & mask)
                    .Store(to + i);
        }
    }

    public override uint Largest(uint* indices, int count)
    {
        Vector512<uint> largest = Vector512<uint>.Zero;
        int i = 0;
        for (; i <= count - Lanes; i += Lanes) largest = Vector512.Max(largest, Vector512.Load(indices + i));
        uint rest = base.Largest(indices + i, count - i);
        for (int lane = 0; lane < Lanes; lane++) rest = Math.Max(rest, largest[lane]);
        return rest;
    }

    public override void LookUp(float* dictionary, int size, uint* indices, int count, float* to)
    {
        if (size <= 2 * Lanes) LookUp32(dictionary, (int*)indices, count, to);
        else if (size <= 4 * Lanes) LookUp64(dictionary, (int*)indices, count, to);
        else if (size <= 8 * Lanes) LookUp128(dictionary, (int*)indices, count, to);
        else base.LookUp(dictionary, size, indices, count, to);
    }

    public override void Spread(float* dense, byte* bits, long firstRow, int rows, float* to)
    {
        var missing = Vector512.Create(float.NaN);
        var lane = Vector512.Create(1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768);
        for (int row = 0; row < rows; row += Lanes)
        {
            long bit = firstRow + row;
            ushort pattern = (ushort)(*(uint*)(bits + (bit >> 3)) >> (int)(bit & 7));
            Vector512<float> there = Vector512.Equals(Vector512.Create((int)pattern) & lane, lane).AsSingle();
            Avx512F.Expand(missing, there, Vector512.Load(dense)).Store(to + row);
            dense += BitOperations.PopCount(pattern);
        }
    }

    public override void Round(double* from, int count, float* to)
    {
        for (int i = 0; i < count; i += 8) Avx512F.ConvertToVector256Single(Vector512.Load(from + i)).Store(to + i);
    }

    private static void LookUp32(float* dictionary, int* indices, int count, float* to)
    {
        (Vector512<float> first, Vector512<float> second) = (Vector512.Load(dictionary), Vector512.Load(dictionary + 16));
        for (int i = 0; i < count; i += Lanes) Avx512F.PermuteVar16x32x2(first, Vector512.Load(indices + i), second).Store(to + i);
    }

    private static void LookUp64(float* dictionary, int* indices, int count, float* to)
    {
        (Vector512<float> a, Vector512<float> b) = (Vector512.Load(dictionary), Vector512.Load(dictionary + 16));
        (Vector512<float> c, Vector512<float> d) = (Vector512.Load(dictionary + 32), Vector512.Load(dictionary + 48));
        var upper = Vector512.Create(32);
        for (int i = 0; i < count; i += Lanes)
        {
            var index = Vector512.Load(indices + i);
            Vector512<float> isUpper = Vector512.Equals(index & upper, upper).AsSingle();
            Vector512.ConditionalSelect(isUpper, Avx512F.PermuteVar16x32x2(c, index, d), Avx512F.PermuteVar16x32x2(a, index, b))
                .Store(to + i);
        }
    }

    private static void LookUp128(float* dictionary, int* indices, int count, float* to)
    {
        (Vector512<float> a, Vector512<float> b) = (Vector512.Load(dictionary), Vector512.Load(dictionary + 16));
        (Vector512<float> c, Vector512<float> d) = (Vector512.Load(dictionary + 32), Vector512.Load(dictionary + 48));
        (Vector512<float> e, Vector512<float> f) = (Vector512.Load(dictionary + 64), Vector512.Load(dictionary + 80));
        (Vector512<float> g, Vector512<float> h) = (Vector512.Load(dictionary + 96), Vector512.Load(dictionary + 112));
        (Vector512<int> second, Vector512<int> upper) = (Vector512.Create(32), Vector512.Create(64));
        for (int i = 0; i < count; i += Lanes)
        {
            var index = Vector512.Load(indices + i);
            Vector512<float> isSecond = Vector512.Equals(index & second, second).AsSingle();
            Vector512<float> isUpper = Vector512.Equals(index & upper, upper).AsSingle();
            var low = Vector512.ConditionalSelect(isSecond, Avx512F.PermuteVar16x32x2(c, index, d), Avx512F.PermuteVar16x32x2(a, index, b));
            var high = Vector512.ConditionalSelect(isSecond, Avx512F.PermuteVar16x32x2(g, index, h),
                Avx512F.PermuteVar16x32x2(e, index, f));
            Vector512.ConditionalSelect(isUpper, high, low).Store(to + i);
        }
    }
}
