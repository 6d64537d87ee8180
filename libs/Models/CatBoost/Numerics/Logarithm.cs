namespace BatchScoring.Models.CatBoost.Numerics;

/// <summary>
/// The natural logarithm of the probabilities. CatBoost asks the C library, whose bits depend on the processor; this is glibc's method with
/// fused steps everywhere, so that every processor gives the bits of today's servers (see <see cref="Exponential"/>).
/// </summary>
/// <remarks>
/// Method and figures: S. Nagy, "New exp, exp2, log, log2, pow" (Arm Optimized Routines, MIT), in glibc since 2.28. With x = 2^k z and c
/// near z:
/// ln x = k ln 2 + ln c + ln(z/c), the last by a polynomial of degree 6 in z/c - 1; next to 1 one of degree 12 instead. The error is at
/// most 0.519 units in the last place. The order of the operations decides the last bits.
/// </remarks>
internal static class Logarithm
{
    private const int Steps = 128;
    private const int MantissaBits = 52;
    private const long FirstStep = 0x3FE6000000000000; // 0.6875
    private const double Smallest = 2.2250738585072014E-308; // 2^-1022
    private const double NearBelow = 1 - (1.0 / 16);
    private const double NearAbove = 1 + (265.0 / 4096);

    // ln 2 in two parts; the first has so few bits that its multiples are exact.
    private const double Ln2High = 0.6931471805598903;
    private const double Ln2Low = 5.497923018708371e-14;

    // ln(1 + r) from the second degree on, |r| < 1/256.
    private const double C2 = -0.5000000000000001;
    private const double C3 = 0.33333333331825593;
    private const double C4 = -0.2499999999622955;
    private const double C5 = 0.20000304511814496;
    private const double C6 = -0.16667054827627667;

    // The same next to 1, from the third degree on; the second is -1/2.
    private const double N3 = 0.3333333333333352;
    private const double N4 = -0.24999999999998432;
    private const double N5 = 0.19999999999320328;
    private const double N6 = -0.16666666669929706;
    private const double N7 = 0.14285715076560868;
    private const double N8 = -0.12499997863982555;
    private const double N9 = 0.11110712032936046;
    private const double N10 = -0.10000486757818193;
    private const double N11 = 0.09181994006195467;
    private const double N12 = -0.08328363062289341;

    /// <summary>The natural logarithm, off by at most 0.519 units in the last place; NaN below 0.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0) return double.NaN;
        if (x == 0) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(x)) return x;
        if (x >= NearBelow && x < NearAbove) return LogNearOne(x - 1);

        int subnormal = x < Smallest ? MantissaBits : 0;
        long bits = BitConverter.DoubleToInt64Bits(subnormal == 0 ? x : x * (1L << MantissaBits));
        long offset = bits - FirstStep;
        long exponent = offset >> MantissaBits;
        int step = (int)(offset >> (MantissaBits - 7)) & (Steps - 1);
        double z = BitConverter.Int64BitsToDouble(bits - (exponent << MantissaBits));

        double r = Math.FusedMultiplyAdd(z, LogarithmTable.Inverse[step], -1);
        double k = exponent - subnormal;
        double whole = Math.FusedMultiplyAdd(k, Ln2High, LogarithmTable.Log[step]);
        double high = whole + r;
        double low = Math.FusedMultiplyAdd(k, Ln2Low, whole - high + r);
        double square = r * r;
        double tail = Math.FusedMultiplyAdd(square, Math.FusedMultiplyAdd(r, C6, C5), Math.FusedMultiplyAdd(r, C4, C3));
        return Math.FusedMultiplyAdd(r * square, tail, Math.FusedMultiplyAdd(square, C2, low)) + high;
    }

    private static double LogNearOne(double r)
    {
        if (r == 0) return 0;
        double square = r * r, cube = r * square;
        double last = Math.FusedMultiplyAdd(cube, N12, Math.FusedMultiplyAdd(square, N11, Math.FusedMultiplyAdd(r, N10, N9)));
        double middle = Math.FusedMultiplyAdd(cube, last, Math.FusedMultiplyAdd(square, N8, Math.FusedMultiplyAdd(r, N7, N6)));
        double first = Math.FusedMultiplyAdd(cube, middle, Math.FusedMultiplyAdd(square, N5, Math.FusedMultiplyAdd(r, N4, N3)));

        // r - r^2 / 2 in two parts: the upper half of r's bits has an exact square.
        double shift = r * (1 << 27);
        double head = r + shift - shift;
        double rest = r - head;
        double half = head * head * -0.5;
        double high = r + half;
        double low = Math.FusedMultiplyAdd(-0.5 * rest, head + r, r - high + half);
        return Math.FusedMultiplyAdd(cube, first, low) + high;
    }
}
