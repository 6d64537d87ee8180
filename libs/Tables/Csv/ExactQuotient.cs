namespace BatchScoring.Tables.Csv;

/// <summary>
/// Digits over a power of ten, rounded once, to the nearest double, ties to even. One division of 128 bits by 64 leaves more bits than a
/// double has, and a remainder that says whether any are left.
/// </summary>
/// <remarks>
/// The division is that of Möller and Granlund, "Improved division by invariant integers" (2011), by reciprocals made here.
/// </remarks>
internal static class ExactQuotient
{
    /// <summary>5^27 is the largest power of five in 64 bits.</summary>
    public const int MaxDecimals = 27;

    private static readonly Divisor[] Divisors = MakeDivisors();

    /// <param name="digits">1 or more.</param>
    /// <param name="decimals">How many of them stand behind the decimal point, 0 to <see cref="MaxDecimals"/>.</param>
    public static double Of(ulong digits, int decimals)
    {
        Divisor by = Divisors[decimals];
        int shift = System.Numerics.BitOperations.LeadingZeroCount(digits);
        digits <<= shift;
        // Digits × 2^63 ÷ divisor, both with their top bit set: a quotient of 63 or 64 bits.
        (ulong high, ulong low) = (digits >> 1, digits << 63);
        ulong quotient = Math.BigMul(by.Reciprocal, high, out ulong fraction);
        fraction += low;
        quotient += high + (fraction < low ? 1UL : 0) + 1;
        ulong rest = low - (quotient * by.Value);
        // Not a branch: one quotient in two or so is one too large.
        ulong tooLarge = rest > fraction ? ulong.MaxValue : 0;
        quotient += tooLarge;
        rest += by.Value & tooLarge;
        if (rest >= by.Value)
        {
            quotient++;
            rest -= by.Value;
        }

        // The lowest bit stands for everything behind it, so that the one rounding to 53 bits knows a tie from more than one.
        ulong sticky = (quotient >> 1) | (quotient & 1) | (rest != 0 ? 1UL : 0);
        int exponent = by.Shift - shift - decimals - 62;
        return (long)sticky * BitConverter.Int64BitsToDouble((exponent + 1023L) << 52);
    }

    private static Divisor[] MakeDivisors()
    {
        var divisors = new Divisor[MaxDecimals + 1];
        UInt128 power = 1;
        for (int i = 0; i <= MaxDecimals; i++, power *= 5)
        {
            int shift = (int)UInt128.LeadingZeroCount(power) - 64;
            ulong value = (ulong)power << shift;
            divisors[i] = new Divisor(value, (ulong)((UInt128.MaxValue / value) - ((UInt128)1 << 64)), shift);
        }

        return divisors;
    }

    /// <summary>A power of five, shifted until its top bit is set, and ⌊(2^128 − 1) ÷ it⌋ − 2^64.</summary>
    private readonly record struct Divisor(ulong Value, ulong Reciprocal, int Shift);
}
