using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace BatchScoring.Tables.Csv;

/// <summary>
/// Digits, at most one point, perhaps a minus: most numbers of most tables, without a branch that depends on their length. What it reads it
/// reads as <see cref="NumberText"/> does, which has the rules and takes the rest.
/// </summary>
internal static unsafe class CellNumber
{
    /// <summary>How many bytes from a cell's first one on must be readable.</summary>
    public const int Readable = 64;

    /// <summary>The longest cell, but for a minus, that <see cref="TryParseShort"/> reads.</summary>
    public const int ShortLength = 16;

    private const ulong ExactDigits = 1UL << 53;
    private const ulong TenTo16 = 10_000_000_000_000_000;

    /// <summary>With sixteen digits behind them, still less than 2^63.</summary>
    private const ulong MostBefore16 = 921;

    /// <summary>Bits of a double's fraction that a float32 has not.</summary>
    private const int BitsBeyondFloat = 29;

    /// <summary>Units of a double's last place by which an approximate one may be off, and some more.</summary>
    private const uint Doubt = 8;

    // Spans over constants: a table in a static field would be asked for its initialisation with every cell.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
        1e23, 1e24, 1e25, 1e26, 1e27, 1e28, 1e29, 1e30, 1e31, // Not exact.
    ];

    /// <summary>
    /// Sixteen times nothing, then the places 0 to 15: read from the length on, it moves a cell to the right end of a vector.
    /// </summary>
    private static ReadOnlySpan<byte> Places =>
    [
        0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90, 0x90,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>Reads up to 16 digits and points.</summary>
    /// <returns>False when it is something else.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseShort(byte* cell, int length, out double value)
    {
        int sign = *cell == '-' ? 1 : 0;
        cell += sign;
        length -= sign;
        if (!Sse41.IsSupported || (uint)(length - 1) >= ShortLength)
        {
            value = 0;
            return false;
        }

        var bytes = Vector128.Load(cell);
        uint points = Vector128.Equals(bytes, Vector128.Create((byte)'.')).ExtractMostSignificantBits() & ((1u << length) - 1);
        int point = points == 0 ? -1 : BitOperations.TrailingZeroCount(points);
        int decimals = points == 0 ? 0 : length - 1 - point;
        // What stands before the point moves over it.
        Vector128<sbyte> places = Aligning(length).AsSByte();
        places += Vector128.LessThanOrEqual(places, Vector128.Create((sbyte)point));
        Vector128<byte> digits = Ssse3.Shuffle(bytes - Vector128.Create((byte)'0'), places.AsByte());
        ulong number = Join(digits);
        // Not a branch: signs come and go as they like.
        value = (double)(((long)number ^ -sign) + sign) / Unsafe.Add(ref MemoryMarshal.GetReference(PowersOfTen), decimals);
        return Vector128.LessThanOrEqualAll(digits, Vector128.Create((byte)9)) && number <= ExactDigits && (points == 0 || length > 1);
    }

    /// <summary>Reads 17 to 32 digits and points, of which 19 count, as the double nearest to them.</summary>
    /// <returns>False when it is something else, or more.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseLong(byte* cell, int length, out double value)
    {
        value = 0;
        if (!TryDigits(cell, length, out ulong number, out int decimals, out int sign) || decimals > ExactQuotient.MaxDecimals) return false;
        if (number != 0) value = ExactQuotient.Of(number, decimals);
        if (sign != 0 && number != 0) value = -value;
        return true;
    }

    /// <summary>
    /// The same as float32, which is the double's, without the double: digits and division are each off by half a unit of its last place
    /// at most, and whoever is further than that from the middle of two float32 is rounded to the same one.
    /// </summary>
    /// <returns>False also where that cannot be said.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryParseLong(byte* cell, int length, out float value)
    {
        bool isNumber = TryDigits(cell, length, out ulong number, out int decimals, out int sign);
        double near = (double)(((long)number ^ -sign) + sign) / Unsafe.Add(ref MemoryMarshal.GetReference(PowersOfTen), decimals);
        value = (float)near;
        uint place = (uint)BitConverter.DoubleToInt64Bits(near) & ((1u << BitsBeyondFloat) - 1);
        return isNumber && place - ((1u << (BitsBeyondFloat - 1)) - Doubt) > 2 * Doubt;
    }

    /// <summary>Takes the digits out of 17 to 32 bytes: the last sixteen, and what stands before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryDigits(byte* cell, int length, out ulong number, out int decimals, out int sign)
    {
        sign = *cell == '-' ? 1 : 0;
        cell += sign;
        length -= sign;
        if (!Sse41.IsSupported || (uint)(length - 17) > 15)
        {
            number = 0;
            decimals = 0;
            return false;
        }

        var dot = Vector128.Create((byte)'.');
        int before = length - 16;
        var head = Vector128.Load(cell);
        var tail = Vector128.Load(cell + before);
        uint points = Vector128.Equals(head, dot).ExtractMostSignificantBits()
            | (Vector128.Equals(tail, dot).ExtractMostSignificantBits() << before);
        int point = points == 0 ? -1 : BitOperations.TrailingZeroCount(points);
        decimals = points == 0 ? 0 : length - 1 - point;
        // What stands before the point moves over it: within the last sixteen from one byte before, and in front of them by the shuffle.
        var moves = Vector128.LessThanOrEqual(Vector128<sbyte>.Indices, Vector128.Create((sbyte)(point - before)));
        tail = Vector128.ConditionalSelect(moves.AsByte(), Vector128.Load(cell + before - 1), tail);
        bool isInTail = point >= before;
        Vector128<sbyte> places = Aligning(before - (isInTail ? 1 : 0)).AsSByte();
        places += Vector128.LessThanOrEqual(places, Vector128.Create((sbyte)(isInTail ? -1 : point)));
        var zero = Vector128.Create((byte)'0');
        head = Ssse3.Shuffle(head - zero, places.AsByte());
        tail -= zero;
        ulong high = Join(head);
        number = (high * TenTo16) + Join(tail);
        return Vector128.LessThanOrEqualAll(Vector128.Max(head, tail), Vector128.Create((byte)9)) && high <= MostBefore16;
    }

    /// <summary>What moves so many bytes to the right end of a vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Aligning(int length) => Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(Places), (uint)length);

    /// <summary>Sixteen digits, the first one the most significant, as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Join(Vector128<byte> digits)
    {
        Vector128<short> pairs = Ssse3.MultiplyAddAdjacent(digits, Vector128.Create((ushort)0x010A).AsSByte());
        Vector128<int> fours = Sse2.MultiplyAddAdjacent(pairs, Vector128.Create(0x0001_0064).AsInt16());
        Vector128<short> packed = Sse41.PackUnsignedSaturate(fours, fours).AsInt16();
        ulong eights = Sse2.MultiplyAddAdjacent(packed, Vector128.Create(0x0001_2710).AsInt16()).AsUInt64().ToScalar();
        return ((uint)eights * 100_000_000UL) + (eights >> 32);
    }
}
