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

    private const ulong ExactDigits = 1UL << 53;
    private const ulong TenTo16 = 10_000_000_000_000_000;
    private const int MostDigits = 19;

    // Spans over constants: a table in a static field would be asked for its initialisation with every cell.
    private static ReadOnlySpan<double> PowersOfTen =>
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
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
        if (!Sse41.IsSupported || (uint)(length - 1) >= 16)
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

    /// <summary>Reads up to 32 digits and points, of which 19 count.</summary>
    /// <returns>False when it is something else, or more.</returns>
    public static bool TryParseLong(byte* cell, int length, out double value)
    {
        value = 0;
        bool isNegative = *cell == '-';
        if (isNegative)
        {
            cell++;
            length--;
        }

        if (!Sse41.IsSupported || length is < 1 or > 32) return false;
        var dot = Vector128.Create((byte)'.');
        uint points = Vector128.Equals(Vector128.Load(cell), dot).ExtractMostSignificantBits()
            | (Vector128.Equals(Vector128.Load(cell + 16), dot).ExtractMostSignificantBits() << 16);
        int point = Math.Min(length, BitOperations.TrailingZeroCount(points));
        int decimals = Math.Max(0, length - point - 1);
        if (point + decimals == 0 || decimals > ExactQuotient.MaxDecimals) return false;
        if (!TryDigits(cell, point, out ulong whole) || !TryDigits(cell + point + 1, decimals, out ulong number)) return false;
        if (whole != 0)
        {
            if (point + decimals > MostDigits) return false;
            number += whole * (ulong)PowersOfTen[decimals];
        }

        if (number != 0)
            value = number <= ExactDigits && decimals < PowersOfTen.Length
                ? number / PowersOfTen[decimals]
                : ExactQuotient.Of(number, decimals);
        if (isNegative && number != 0) value = -value;
        return true;
    }

    private static bool TryDigits(byte* at, int length, out ulong number)
    {
        number = 0;
        if (length > 16)
        {
            if (!TryDigits(at, length - 16, out ulong high) || high >= 1000) return false;
            number = high * TenTo16;
            at += length - 16;
            length = 16;
        }

        Vector128<byte> digits = Ssse3.Shuffle(
            Vector128.Load(at) - Vector128.Create((byte)'0'), Aligning(length));
        number += Join(digits);
        return Vector128.LessThanOrEqualAll(digits, Vector128.Create((byte)9));
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
