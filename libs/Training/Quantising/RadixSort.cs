using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BatchScoring.Training.Quantising;

/// <summary>Sorts numbers by parts of their bits: of long columns several times as fast as by comparison.</summary>
internal static class RadixSort
{
    private const int FewValues = 1000, PartBits = 11, Cells = 1 << PartBits;

    /// <param name="values">None missing; sorted in place, −0 before 0.</param>
    public static void Sort(Span<float> values)
    {
        if (values.Length < FewValues)
        {
            values.Sort();
            return;
        }

        uint[] rented = ArrayPool<uint>.Shared.Rent(values.Length);
        Span<uint> keys = MemoryMarshal.Cast<float, uint>(values), other = rented.AsSpan(0, values.Length);
        for (int i = 0; i < keys.Length; i++) keys[i] ^= (uint)((int)keys[i] >> 31) | 0x80000000;
        for (int shift = 0; shift < 32; shift += PartBits)
        {
            Pass(keys, other, shift);
            Span<uint> sorted = other;
            other = keys;
            keys = sorted;
        }

        // Three passes: what is sorted lies in the second buffer.
        for (int i = 0; i < keys.Length; i++) other[i] = keys[i] ^ ((uint)((int)~keys[i] >> 31) | 0x80000000);
        ArrayPool<uint>.Shared.Return(rented);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Pass(ReadOnlySpan<uint> keys, Span<uint> sorted, int shift)
    {
        Span<int> places = stackalloc int[Cells];
        places.Clear();
        foreach (uint key in keys) places[(int)(key >> shift) & (Cells - 1)]++;
        for (int cell = 0, start = 0; cell < places.Length; cell++)
        {
            int count = places[cell];
            places[cell] = start;
            start += count;
        }

        foreach (uint key in keys) sorted[places[(int)(key >> shift) & (Cells - 1)]++] = key;
    }
}
