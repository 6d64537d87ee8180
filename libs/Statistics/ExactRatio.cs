namespace BatchScoring.Statistics;

/// <summary>The quotient of two integers as the double that is nearest to it (ties to even), whatever their size.</summary>
internal static class ExactRatio
{
    private const long ExactLimit = 1L << 53;

    /// <summary><paramref name="numerator"/> ÷ <paramref name="denominator"/>, correctly rounded.</summary>
    /// <param name="numerator">At most <paramref name="denominator"/> in absolute value.</param>
    /// <param name="denominator">Positive, below 2^126.</param>
    public static double Of(Int128 numerator, Int128 denominator)
    {
        if (numerator < 0) return -Of(-numerator, denominator);
        if (denominator <= ExactLimit) return (double)numerator / (double)denominator; // both exact, and IEEE division rounds correctly
        if (numerator == denominator) return 1;
        if (numerator == 0) return 0;
        return LongDivision((UInt128)numerator, (UInt128)denominator);
    }

    /// <summary>Long division, bit by bit: 53 bits, then one to round by and whether anything is left.</summary>
    private static double LongDivision(UInt128 numerator, UInt128 denominator)
    {
        int exponent = 0;
        while (numerator < denominator)
        {
            numerator <<= 1;
            exponent--;
        }
        ulong bits = 0;
        for (int i = 0; i < 54; i++)
        {
            bits <<= 1;
            if (numerator >= denominator)
            {
                numerator -= denominator;
                bits |= 1;
            }
            numerator <<= 1;
        }
        bool up = (bits & 1) != 0 && (numerator != 0 || (bits & 2) != 0);
        ulong mantissa = (bits >> 1) + (up ? 1UL : 0UL);
        return Math.ScaleB(mantissa, exponent - 52);
    }
}
