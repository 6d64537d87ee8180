namespace BatchScoring.Models.CatBoost.Numerics;

/// <summary>
/// The exponential of the probabilities. CatBoost asks the C library, whose bits depend on the processor: glibc runs other code where fused
/// multiply-add exists. This is glibc's method with fused steps everywhere, so that every processor gives the bits of today's servers.
/// </summary>
/// <remarks>
/// Method and figures: S. Nagy, "New exp, exp2, log, log2, pow" (Arm Optimized Routines, MIT), in glibc since 2.28. e^x = 2^(k/128) * e^r
/// with a polynomial of degree 5 for |r| &lt; 0.0028; the error is at most 0.509 units in the last place. The table is computed, not
/// copied.
/// <see cref="Math.FusedMultiplyAdd"/> rounds once on every processor, with or without the instruction.
/// </remarks>
internal static class Exponential
{
    private const double MaxInput = 709.782712893384;
    private const double MinInput = -745.1332191019412;
    private const double TinyInput = 5.5E-17; // 2^-54

    private const double StepsPerUnit = 184.6649652337873; // 128 / ln 2
    private const double RoundToInteger = 6755399441055744; // 1.5 * 2^52

    // -ln 2 / 128 in two parts; the first has 33 bits, so that its multiples are exact.
    private const double StepHigh = -0.005415212348111709;
    private const double StepLow = -1.2864023111638346E-14;

    // The polynomial from the second degree on, fitted to |r| < ln 2 / 256.
    private const double C2 = 0.49999999999996786;
    private const double C3 = 0.16666666666665886;
    private const double C4 = 0.0416666808410674;
    private const double C5 = 0.008333335853059549;

    /// <summary>e to the x, off by at most 0.509 units in the last place (1 where the result is subnormal).</summary>
    public static double Exp(double x)
    {
        if (!(Math.Abs(x) >= TinyInput)) return 1 + x; // also NaN
        if (x > MaxInput) return double.PositiveInfinity;
        if (x < MinInput) return 0;

        double steps = Math.FusedMultiplyAdd(StepsPerUnit, x, RoundToInteger) - RoundToInteger;
        double r = Math.FusedMultiplyAdd(steps, StepLow, Math.FusedMultiplyAdd(steps, StepHigh, x));
        int index = (int)steps & (PowersOfTwo.CoarseCount - 1);
        double square = r * r;
        double low = Math.FusedMultiplyAdd(square, Math.FusedMultiplyAdd(r, C3, C2), PowersOfTwo.Tail[index] + r);
        double tail = Math.FusedMultiplyAdd(square * square, Math.FusedMultiplyAdd(r, C5, C4), low);
        return Scale(Math.FusedMultiplyAdd(PowersOfTwo.High[index], tail, PowersOfTwo.High[index]), (int)steps >> 7);
    }

    private static double Scale(double value, int exponent) =>
        exponent is > -1022 and < 1023
            ? value * BitConverter.Int64BitsToDouble((exponent + 1023L) << 52)
            : Math.ScaleB(value, exponent);
}
