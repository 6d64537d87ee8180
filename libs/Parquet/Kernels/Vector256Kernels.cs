using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Parquet;

/// <summary>AVX2: eight values at a time.</summary>
internal unsafe class Vector256Kernels : ReferenceKernels
{
    private const int Lanes = 8;

    /// <summary>For each of the 256 patterns of eight rows: which of the next values each row takes.</summary>
    private static readonly byte[] _places = MakePlaces();

    public static bool IsSupported => Avx2.IsSupported;

    public override void Unpack(byte* from, int width, int count, uint* to)
    {
        if (width == 0)
        {
            new Span<uint>(to, count).Clear();
            return;
        }

        fixed (byte* places = &UnpackTables.Bytes256[width * 32])
        fixed (uint* shifts = &UnpackTables.Shifts[width * 16])
        {
            var place = Vector256.Load(places);
            var shift = Vector256.Load(shifts);
            var mask = Vector256.Create((1u << width) - 1);
            int second = 4 * width / 8;
            for (int i = 0; i < count; i += Lanes, from += width)
            {
                var bytes = Vector256.Create(Vector128.Load(from), Vector128.Load(from + second));
                (Avx2.ShiftRightLogicalVariable(Avx2.Shuffle(bytes, place).AsUInt32(), shift) & mask).Store(to + i);
            }
        }
    }

    public override uint Largest(uint* indices, int count)
    {
        Vector256<uint> largest = Vector256<uint>.Zero;
        int i = 0;
        for (; i <= count - Lanes; i += Lanes) largest = Vector256.Max(largest, Vector256.Load(indices + i));
        uint rest = base.Largest(indices + i, count - i);
        for (int lane = 0; lane < Lanes; lane++) rest = Math.Max(rest, largest[lane]);
        return rest;
    }

    public override void LookUp(float* dictionary, int size, uint* indices, int count, float* to)
    {
        if (size <= Lanes)
        {
            var table = Vector256.Load(dictionary);
            for (int i = 0; i < count; i += Lanes) Avx2.PermuteVar8x32(table, Vector256.Load((int*)indices + i)).Store(to + i);
            return;
        }

        // As fast as the processor's own gather, and two indices come with one load.
        int pairs = count & ~3;
        for (int i = 0; i < pairs; i += 4)
        {
            (ulong first, ulong second) = (*(ulong*)(indices + i), *(ulong*)(indices + i + 2));
            to[i] = dictionary[(uint)first];
            to[i + 1] = dictionary[first >> 32];
            to[i + 2] = dictionary[(uint)second];
            to[i + 3] = dictionary[second >> 32];
        }

        base.LookUp(dictionary, size, indices + pairs, count - pairs, to + pairs);
    }

    public override void Spread(float* dense, byte* bits, long firstRow, int rows, float* to)
    {
        var missing = Vector256.Create(float.NaN);
        var lane = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
        fixed (byte* places = _places)
        {
            for (int row = 0; row < rows; row += Lanes)
            {
                long bit = firstRow + row;
                byte pattern = (byte)(*(ushort*)(bits + (bit >> 3)) >> (int)(bit & 7));
                Vector256<float> values =
                    Avx2.PermuteVar8x32(Vector256.Load(dense), Avx2.ConvertToVector256Int32(places + (pattern * Lanes)));
                Vector256<float> there = Vector256.Equals(Vector256.Create((int)pattern) & lane, lane).AsSingle();
                Vector256.ConditionalSelect(there, values, missing).Store(to + row);
                dense += BitOperations.PopCount(pattern);
            }
        }
    }

    public override void Round(double* from, int count, float* to)
    {
        for (int i = 0; i < count; i += 4) Avx.ConvertToVector128Single(Vector256.Load(from + i)).Store(to + i);
    }

    public override void Join(byte* from, int count, float* to)
    {
        int i = 0;
        for (; i <= count - 16; i += 16)
        {
            (Vector128<byte> first, Vector128<byte> second) = (Vector128.Load(from + i), Vector128.Load(from + count + i));
            (Vector128<byte> third, Vector128<byte> fourth) =
                (Vector128.Load(from + (2L * count) + i), Vector128.Load(from + (3L * count) + i));
            (Vector128<ushort> low, Vector128<ushort> high) =
                (Sse2.UnpackLow(first, second).AsUInt16(), Sse2.UnpackHigh(first, second).AsUInt16());
            (Vector128<ushort> low2, Vector128<ushort> high2) =
                (Sse2.UnpackLow(third, fourth).AsUInt16(), Sse2.UnpackHigh(third, fourth).AsUInt16());
            Sse2.UnpackLow(low, low2).AsSingle().Store(to + i);
            Sse2.UnpackHigh(low, low2).AsSingle().Store(to + i + 4);
            Sse2.UnpackLow(high, high2).AsSingle().Store(to + i + 8);
            Sse2.UnpackHigh(high, high2).AsSingle().Store(to + i + 12);
        }

        uint* words = (uint*)to;
        for (; i < count; i++)
            words[i] = from[i] | ((uint)from[count + i] << 8) | ((uint)from[(2L * count) + i] << 16) | ((uint)from[(3L * count) + i] << 24);
    }

    private static byte[] MakePlaces()
    {
        byte[] places = new byte[256 * Lanes];
        for (int pattern = 0; pattern < 256; pattern++)
            for ((int row, int next) = (0, 0); row < Lanes; row++)
                if ((pattern >> row & 1) != 0) places[(pattern * Lanes) + row] = (byte)next++;
        return places;
    }
}
