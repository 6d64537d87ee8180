using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace BatchScoring.Training.Ctrs;

/// <summary>What every row has in a projection, as one number: equal where all its parts are. No hash is needed while numbers are few.</summary>
/// <param name="Codes">By row.</param>
/// <param name="Radix">All codes are smaller.</param>
internal sealed record CtrCodes(uint[] Codes, long Radix)
{
    /// <summary>With one part more.</summary>
    /// <param name="own">What every row has of it.</param>
    /// <param name="count">How many different ones there are.</param>
    /// <param name="memory">Where the new codes lie; where these lie may be the same.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CtrCodes With(ReadOnlySpan<int> own, int count, uint[] memory)
    {
        if (Radix * count > int.MaxValue) return Numbered(own, count, memory);
        uint[] codes = memory;
        var factor = Vector256.Create((uint)count);
        ref uint from = ref MemoryMarshal.GetArrayDataReference(Codes), to = ref MemoryMarshal.GetArrayDataReference(codes);
        ref int more = ref MemoryMarshal.GetReference(own);
        int row = 0;
        for (; row <= codes.Length - Vector256<uint>.Count; row += Vector256<uint>.Count)
        {
            nuint at = (nuint)row;
            ((Vector256.LoadUnsafe(ref from, at) * factor) + Vector256.LoadUnsafe(ref more, at).AsUInt32()).StoreUnsafe(ref to, at);
        }

        for (; row < codes.Length; row++) codes[row] = (Codes[row] * (uint)count) + (uint)own[row];
        return new CtrCodes(codes, Radix * count);
    }

    /// <summary>Adds bits that codes do not have yet.</summary>
    /// <param name="bits">By row.</param>
    /// <param name="codes">By row; to which they are added.</param>
    /// <param name="place">Of their lowest one.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddBits(ReadOnlySpan<ushort> bits, Span<uint> codes, int place)
    {
        int row = 0;
        for (; row <= codes.Length - Vector256<ushort>.Count; row += Vector256<ushort>.Count)
        {
            (Vector256<uint> low, Vector256<uint> high) = Vector256.Widen(Vector256.Create(bits[row..]));
            Span<uint> to = codes[row..], next = to[Vector256<uint>.Count..];
            (Vector256.Create<uint>(to) | Vector256.ShiftLeft(low, place)).CopyTo(to);
            (Vector256.Create<uint>(next) | Vector256.ShiftLeft(high, place)).CopyTo(next);
        }

        for (; row < codes.Length; row++) codes[row] |= (uint)bits[row] << place;
    }

    /// <summary>The same, as numbers without gaps.</summary>
    public CtrCodes Dense() => Numbered([], 1, Codes);

    /// <summary>Numbers the pairs by first appearance.</summary>
    /// <param name="own">What every row has of the part that is new; nothing where there is none.</param>
    /// <param name="count">How many different ones there are.</param>
    /// <param name="codes">Filled.</param>
    private CtrCodes Numbered(ReadOnlySpan<int> own, int count, uint[] codes)
    {
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)codes.Length * 2), bits = BitOperations.Log2((uint)slots);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(slots);
        uint[] numbers = ArrayPool<uint>.Shared.Rent(slots);
        keys.AsSpan(0, slots).Clear();
        uint next = 0;
        for (int row = 0; row < codes.Length; row++)
        {
            // Never 0, which is an empty slot.
            ulong key = ((ulong)Codes[row] * (uint)count) + (own.IsEmpty ? 0 : (uint)own[row]) + 1;
            int slot = (int)((key * 0x9E3779B97F4A7C15) >> (64 - bits));
            while (keys[slot] != 0 && keys[slot] != key) slot = (slot + 1) & (slots - 1);
            if (keys[slot] == 0) (keys[slot], numbers[slot]) = (key, next++);
            codes[row] = numbers[slot];
        }

        ArrayPool<ulong>.Shared.Return(keys);
        ArrayPool<uint>.Shared.Return(numbers);
        return new CtrCodes(codes, next);
    }
}
