using System.Globalization;
using System.Numerics;

namespace BatchScoring.Tables.Csv;

/// <summary>
/// The shortest text that reads back to a double's bits, of those the nearest: what .NET writes, in half the time. Numbers that are
/// written with an exponent, or nearly, are left to .NET.
/// </summary>
/// <remarks>Raffaello Giulietti, "The Schubfach way to render doubles" (2020).</remarks>
internal static class ShortestText
{
    /// <summary>The longest text.</summary>
    public const int MaxLength = 32;

    private const int HiddenBit = 52;
    private const int Bias = 1075;

    /// <summary>10^0 to 10^24, which is more than these numbers need, shifted until the first of 128 bits is set.</summary>
    private static readonly UInt128[] Powers = MakePowers();

    /// <summary>Writes a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="to">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>How many are written.</returns>
    public static int Write(double value, Span<byte> to)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        double size = Math.Abs(value);
        if (!(size is >= 1e-4 and < 1e15)) return WriteAsDotNet(value, to);
        (ulong digits, int exponent) = Decimal(bits & ((1UL << HiddenBit) - 1), (int)(bits >> HiddenBit) & 0x7FF);
        while (digits % 10 == 0) (digits, exponent) = (digits / 10, exponent + 1);
        int at = 0;
        if (value < 0) to[at++] = (byte)'-';
        Span<byte> text = to[at..];
        return at + WriteDigits(digits, exponent, text);
    }

    private static int WriteAsDotNet(double value, Span<byte> to)
    {
        value.TryFormat(to, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }

    private static int WriteDigits(ulong digits, int exponent, Span<byte> to)
    {
        // Room for the point is in front of the digits: those before it move there.
        digits.TryFormat(to[1..], out int length, default, CultureInfo.InvariantCulture);
        int whole = length + exponent;
        if (whole <= 0)
        {
            to.Slice(1, length).CopyTo(to[(2 - whole)..]);
            to[..(2 - whole)].Fill((byte)'0');
            to[1] = (byte)'.';
            return 2 - whole + length;
        }

        to.Slice(1, Math.Min(whole, length)).CopyTo(to);
        if (whole < length)
        {
            to[whole] = (byte)'.';
            return length + 1;
        }

        to[length..whole].Fill((byte)'0');
        return whole;
    }

    /// <summary>The decimal of the fewest digits between a double's neighbours, perhaps with zeros at its end.</summary>
    private static (ulong Digits, int Exponent) Decimal(ulong fraction, int exponent)
    {
        ulong c = fraction | (1UL << HiddenBit);
        int q = exponent - Bias;
        if (q is <= 0 and > -53 && BitOperations.TrailingZeroCount(c) >= -q) return (c >> -q, 0);
        // Neighbours are accepted where a tie would be rounded to this number; the lower one of a power of two is half as far.
        ulong odd = c & 1;
        ulong closer = fraction == 0 ? 1UL : 0;
        int k = ((q * 1262611) - (closer == 0 ? 0 : 524031)) >> 22;
        int shift = q + ((-k * 1741647) >> 19) + 1;
        UInt128 power = Powers[-k];
        ulong lower = Scaled(power, ((4 * c) - 2 + closer) << shift) + odd;
        ulong middle = Scaled(power, (4 * c) << shift);
        ulong upper = Scaled(power, ((4 * c) + 2) << shift) - odd;
        ulong s = middle / 4;
        ulong tens = s / 10;
        bool isTensIn = lower <= 40 * tens, isNextTensIn = (40 * tens) + 40 <= upper;
        if (isTensIn != isNextTensIn) return (tens + (isNextTensIn ? 1UL : 0), k + 1);
        bool isIn = lower <= 4 * s, isNextIn = (4 * s) + 4 <= upper;
        if (isIn != isNextIn) return (s + (isNextIn ? 1UL : 0), k);
        ulong tie = (4 * s) + 2;
        return (s + (middle > tie || (middle == tie && (s & 1) != 0) ? 1UL : 0), k);
    }

    /// <summary>The product's upper part, its lowest bit set where anything is behind it.</summary>
    private static ulong Scaled(UInt128 power, ulong value)
    {
        ulong carried = Math.BigMul((ulong)power, value, out _);
        ulong high = Math.BigMul((ulong)(power >> 64), value, out ulong low);
        low += carried;
        if (low < carried) high++;
        return high | (low > 1 ? 1UL : 0);
    }

    private static UInt128[] MakePowers()
    {
        var powers = new UInt128[25];
        UInt128 power = 1;
        for (int i = 0; i < powers.Length; i++, power *= 10) powers[i] = power << (int)UInt128.LeadingZeroCount(power);
        return powers;
    }
}
